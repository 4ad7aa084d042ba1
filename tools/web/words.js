// Figures and names as people write them, the same words as `magscan scan` prints (scan/wording.cpp).

const kSameMg = 0.05; // bounds that are closer than this are one figure
const kWholeFromMg = 10;

export function number(value) {
  const [whole, decimals] = Math.abs(value).toFixed(2).split('.');
  const kept = decimals.replace(/0+$/, '');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (kept ? '.' + kept : '');
  return value < 0 && text !== '0' ? '-' + text : text;
}

// The figure and its unit stay on one line.
export const mg = (value) => `${number(value)}\u00a0mg`;

const bound = (value) => (value >= kWholeFromMg ? Math.round(value) : Math.round(value * 10) / 10);

export const isPoint = (interval) => interval.high - interval.low <= kSameMg;

// What stands large and what stands beside it: {main: '200'}, {main: '52 to 500'}, {main: '141', bounds: '130 to 150'}.
export function figure(interval) {
  const range = `${number(bound(interval.low))} to ${number(bound(interval.high))}`;
  if (interval.value === null) return {main: isPoint(interval) ? number(interval.low) : range};
  if (isPoint(interval)) return {main: number(interval.value)};
  return {main: number(bound(interval.value)), bounds: range};
}

export function interval(of) {
  const {main, bounds} = figure(of);
  return bounds ? `about ${main}\u00a0mg (${bounds}\u00a0mg)` : `${main}\u00a0mg`;
}

export const percent = (share) => `${Math.round(share * 100)}\u00a0%`;

function plural(unit) {
  if (['g', 'mg', 'ml', 'l', 'oz', 'kg'].includes(unit)) return unit;
  if (/[^aeiou]y$/.test(unit)) return unit.slice(0, -1) + 'ies';
  return unit + (/(s|x|ch)$/.test(unit) ? 'es' : 's');
}

export const units = (count, unit) => (count === null ? unit : `${number(count)} ${count > 1 ? plural(unit) : unit}`);

const kFormNames = {
  'l-threonate': 'magnesium L-threonate',
  'acetyl-taurate': 'magnesium acetyl taurate',
  'amino-acid-chelate': 'magnesium amino acid chelate',
  'alpha-ketoglutarate': 'magnesium alpha-ketoglutarate',
  bhb: 'magnesium beta-hydroxybutyrate',
  marine: 'marine magnesium',
  sucrosomial: 'sucrosomial magnesium',
  other: 'another form of magnesium',
};

export const formName = (family) => kFormNames[family] ?? 'magnesium ' + family.replaceAll('-', ' ');

export function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export const formNames = (families) => listed(families.map(formName));

export const unitName = (report) => report.serving?.unit ?? 'unit';

function servingName({serving}) {
  return serving?.unit && serving.units ? `serving of ${units(serving.units, serving.unit)}` : 'serving';
}

// The figure to lead with and what it counts; null where none is known.
export function leadOf(report) {
  const {per_serving_mg, per_unit_mg, per_day_mg} = report.elemental_magnesium;
  if (per_serving_mg) return {amount: per_serving_mg, per: servingName(report), key: 'serving'};
  if (per_unit_mg) return {amount: per_unit_mg, per: unitName(report), key: 'unit'};
  if (per_day_mg) return {amount: per_day_mg, per: 'day', key: 'day'};
  return null;
}

export const isFound = (report) => report.outcome === 'complete' || report.outcome === 'partial';

export const isKnown = (report) =>
  isFound(report) && report.elemental_magnesium.status !== 'unknown' && leadOf(report) !== null;

export function headline(report) {
  if (report.outcome === 'unreadable') return 'Too little could be read to say anything';
  if (report.outcome === 'no_magnesium') return 'No magnesium named in what was read';
  if (!isKnown(report)) return 'Contains magnesium; how much elemental magnesium is not known';
  const {amount, per} = leadOf(report);
  const estimated = report.elemental_magnesium.status === 'estimated' ? ', estimated' : '';
  return `${interval(amount)} elemental magnesium per ${per}${estimated}`;
}

const kStatus = {
  stated: 'printed on the label as elemental magnesium',
  derived: 'worked out from the printed figures',
  estimated: 'an estimate',
  unknown: 'not known',
};
export const statusWords = (status) => kStatus[status] ?? status;

const kPer = {
  serving: ' per serving',
  unit: ' per unit',
  day: ' per day',
  '100g': ' per 100 g',
  '100ml': ' per 100 ml',
};
export const perWords = (per) => kPer[per] ?? '';

const kBasis = {
  elemental: 'is elemental magnesium',
  compound: 'is the weight of the compound',
  ambiguous: 'may be the magnesium or the whole compound; the label does not say',
};

// "“200 mg” per unit is elemental magnesium"
export function entrySentence({amount}) {
  if (!amount) return 'no amount printed';
  const basis = amount.rule === 'PH-1' ? 'was read differently on another photo' : kBasis[amount.basis];
  return `“${amount.text}”${perWords(amount.per)} ${basis}`;
}

// What an entry comes to beyond the printed figure itself.
export function entryResult({amount, elemental_mg, compound_mg}) {
  const parts = [];
  if (elemental_mg && amount?.basis !== 'elemental') parts.push(`${interval(elemental_mg)} of it is magnesium`);
  if (compound_mg && amount?.basis !== 'compound') parts.push(`the compound weighs ${interval(compound_mg)}`);
  return parts.join('; ');
}

const kChecks = {pass: 'agrees', fail: 'disagrees', corrected: 'corrected'};
export const checkWord = (result) => kChecks[result] ?? result;
