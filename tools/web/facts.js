// What a report says that stands on the photos: each fact with the words it rests on and where they are.
import {entryResult, entrySentence, formNames, units} from './words.js';

// For the eye; the words beside it say the same.
function kindOf(entry) {
  return entry.amount ? entry.amount.basis : 'ambiguous';
}

function marksOf(evidence) {
  return evidence.map(({image, text, confidence, polygon}) => ({image, text, confidence, polygon}));
}

function servingFact({serving}) {
  if (!serving || serving.evidence.length === 0) return null;
  const size = serving.unit && serving.units ? units(serving.units, serving.unit) : serving.text;
  const parts = [
    serving.per_container && `${units(serving.per_container, 'serving')} in the pack`,
    serving.per_day && `${units(serving.per_day, 'serving')} a day by the directions`,
  ].filter(Boolean);
  return {
    kind: 'serving',
    title: size ? `One serving is ${size}` : 'The serving',
    sentence: parts.join(', '),
    result: '',
    rule: null,
    marks: marksOf(serving.evidence),
  };
}

// [{kind: elemental|compound|ambiguous|serving, title, sentence, result, rule, marks: [{image, text, confidence,
// polygon}]}], magnesium first; polygons are pixels of the upright photo, or null.
export function factsOf(report) {
  const facts = report.magnesium.map((entry) => ({
    kind: kindOf(entry),
    title: formNames(entry.forms) || 'magnesium',
    sentence: entrySentence(entry),
    result: entryResult(entry),
    rule: entry.amount?.rule || null,
    marks: marksOf(entry.evidence),
  }));
  const serving = servingFact(report);
  return serving ? [...facts, serving] : facts;
}

export const firstPlace = (fact) => fact.marks.find((mark) => mark.polygon) ?? null;

// The smallest upright box around polygons: {x, y, width, height}.
export function boxOf(polygons) {
  const points = polygons.flat();
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y};
}

// How far a point is from a polygon; 0 inside.
export function distanceTo(polygon, [x, y]) {
  let inside = false;
  let nearest = Infinity;
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = length ? Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) : 0;
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)));
  });
  return inside ? 0 : nearest;
}
