// Upper levels of magnesium from supplements, as a bar and in words.
import {el} from './dom.js';
import {whence} from './knowledge.js';
import {interval, isPoint, mg, unitName} from './words.js';

const kApart = 0.2; // of the bar's length: levels nearer than this have their figures on two lines

// What is compared: the day by the label's directions; one serving, or one unit, where the label tells no day.
function compared(report) {
  const {per_day_mg, per_serving_mg, per_unit_mg} = report.elemental_magnesium;
  if (per_day_mg) return {amount: per_day_mg, of: 'a day, by the directions on the label'};
  if (per_serving_mg) return {amount: per_serving_mg, of: 'in one serving; the label tells no daily amount'};
  if (per_unit_mg) return {amount: per_unit_mg, of: `in one ${unitName(report)}; the label tells no daily amount`};
  return null;
}

export function verdict({exceeded, limit_mg}, amount) {
  if (exceeded === false) return 'not exceeded';
  if (exceeded !== true)
    return amount && amount.low <= limit_mg && amount.high > limit_mg ? 'may be exceeded' : 'not known';
  return amount && isPoint(amount) && amount.low > limit_mg ? `exceeded by ${mg(amount.low - limit_mg)}` : 'exceeded';
}

// A length on the bar, by the CSSOM: the page's policy allows no style attributes.
function placed(node, share, property = 'left') {
  node.style[property] = `${(100 * Math.min(Math.max(share, 0), 1)).toFixed(2)}%`;
  return node;
}

function bar(levels, amount) {
  const top = Math.max(...levels, amount?.high ?? 0) * 1.12;
  const track = el('div', {class: 'track'});
  if (amount) {
    track.append(placed(el('div', {class: 'filled'}), amount.low / top, 'width'));
    if (!isPoint(amount)) {
      track.append(
        placed(placed(el('div', {class: 'open'}), amount.low / top), (amount.high - amount.low) / top, 'width'),
      );
    }
  }
  let lastHigh = -1;
  const marks = levels.map((level) => {
    const share = level / top;
    const low = share - lastHigh < kApart;
    if (!low) lastHigh = share;
    return placed(el('div', {class: low ? 'level low' : 'level'}, el('span', {}, String(level))), share);
  });
  return el('div', {class: 'scale', 'aria-hidden': 'true'}, track, marks);
}

// An element, or null where the report names no limit.
export function limitsSection(report, sourceOf) {
  if (!report.limits?.length) return null;
  const limits = [...report.limits].sort((a, b) => a.limit_mg - b.limit_mg);
  const subject = compared(report);
  const levels = [...new Set(limits.map(({limit_mg}) => limit_mg))];
  return el(
    'section',
    {class: 'part limits'},
    el('h2', {}, 'Upper levels'),
    el('p', {}, 'For magnesium from supplements and medicines; magnesium in food does not count.'),
    subject && el('p', {class: 'strong'}, `${interval(subject.amount)} ${subject.of}`),
    bar(levels, subject?.amount),
    el(
      'ul',
      {class: 'levels'},
      limits.map((limit) =>
        el(
          'li',
          {class: limit.exceeded ? 'over' : ''},
          el('span', {class: 'level-mg'}, mg(limit.limit_mg)),
          ' ',
          el('span', {class: 'verdict'}, verdict(limit, subject?.amount)),
          el('p', {}, el('span', {class: 'authority'}, limit.authority), limit.applies_to && `, ${limit.applies_to}`),
        ),
      ),
    ),
    whence(
      limits.map(({authority, source}) =>
        el('p', {}, el('span', {class: 'authority'}, authority), ' ', sourceOf([source])),
      ),
    ),
  );
}
