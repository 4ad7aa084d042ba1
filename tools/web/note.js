// What the form of magnesium is good for, and what to mind: the report's suitability.
import {el} from './dom.js';
import {whence} from './knowledge.js';
import {formName, number} from './words.js';

const kPurposes = {
  'sleep-onset': 'Falling asleep',
  'deep-sleep': 'Deep sleep',
  rem: 'Dream sleep (REM)',
  nonrestorative: 'Waking up rested',
  cramps: 'Leg cramps at night',
  rls: 'Restless legs',
  'stress-early-waking': 'Stress and waking too early',
  constipation: 'Constipation',
  repletion: 'Making up for too little magnesium',
  'benzo-taper': 'Coming off tranquillisers',
  'gi-sensitive': 'A sensitive stomach or gut',
  budget: 'A low price for its magnesium',
};
const kRatings = ['good', 'ok', 'weak', 'poor', 'unknown'];
const kRatingWords = {good: 'good', ok: 'fair', weak: 'weak', poor: 'poor', unknown: 'not known'};
const kEvidence = {
  strong: 'strong evidence',
  moderate: 'moderate evidence',
  limited: 'limited evidence',
  negative: 'the evidence is against it',
  mechanism_only: 'a mechanism only, no trial',
  none: 'no evidence',
};

const purposeName = (id) => kPurposes[id] ?? (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll('-', ' ');

// How much of it the body takes up, in the words of the tests.
function uptake({evidence, low_percent: low, high_percent: high}) {
  if (evidence) return evidence;
  if (low === undefined || high === undefined) return '';
  return `${low === high ? number(low) : `${number(low)} to ${number(high)}`} % of it is taken up.`;
}

function purpose(row, sourceOf) {
  return el(
    'li',
    {},
    el(
      'details',
      {},
      el(
        'summary',
        {},
        el('span', {class: 'purpose'}, purposeName(row.purpose)),
        el('span', {class: `rating ${row.rating}`}, kRatingWords[row.rating] ?? row.rating),
        el('span', {class: 'evidence'}, kEvidence[row.evidence] ?? row.evidence),
      ),
      row.note && el('p', {}, row.note),
      row.conflict && el('p', {}, el('strong', {}, 'Sources disagree. '), row.conflict),
      sourceOf(row.sources),
    ),
  );
}

function form({form: family, absorption: absorbed, purposes}, sourceOf) {
  const order = (row) => kRatings.indexOf(row.rating);
  const known = purposes.filter((row) => row.rating !== 'unknown').sort((a, b) => order(a) - order(b));
  const unknown = purposes.filter((row) => row.rating === 'unknown');
  const name = formName(family);
  return el(
    'div',
    {class: 'form-note'},
    el('h3', {}, name.charAt(0).toUpperCase() + name.slice(1)),
    absorbed && el('p', {}, el('strong', {}, 'Taken up: '), uptake(absorbed), ' ', sourceOf(absorbed.sources)),
    el(
      'ul',
      {class: 'purposes'},
      [...known, ...unknown].map((row) => purpose(row, sourceOf)),
    ),
  );
}

// Texts by number, and below them their sources by the same numbers.
function texts(title, rows, sourceOf) {
  if (!rows?.length) return null;
  const items = rows.map(({text}) => el('li', {}, text));
  const sources = rows.map((row) => el('li', {}, sourceOf(row.sources) ?? 'none'));
  return [el('h3', {}, title), el('ol', {class: 'numbered'}, items), whence(el('ol', {class: 'numbered'}, sources))];
}

// An element, or null where the report has no note.
export function noteSection({suitability}, sourceOf) {
  if (!suitability) return null;
  const {summary, forms = [], cautions, label_notes, disclaimer} = suitability;
  return el(
    'section',
    {class: 'part note'},
    el('h2', {}, 'What it is good for'),
    summary && el('p', {class: 'summary'}, summary),
    forms.map((one) => form(one, sourceOf)),
    texts('Take care', cautions, sourceOf),
    texts('About the label', label_notes, sourceOf),
    disclaimer && el('p', {class: 'disclaimer'}, disclaimer),
  );
}
