// A report as a page: the amount, what to do where it failed, the words on the photo, why, checks, limits, the note.
import {el} from './dom.js';
import {factsOf, firstPlace} from './facts.js';
import {sourceWriter} from './knowledge.js';
import {limitsSection} from './limits.js';
import {noteSection} from './note.js';
import {Viewer} from './viewer.js';
import {
  checkWord,
  figure,
  formNames,
  headline,
  interval,
  isFound,
  isKnown,
  leadOf,
  percent,
  statusWords,
  unitName,
} from './words.js';

// The amount as large as the page allows, or the sentence that there is none.
function title(report) {
  const attributes = {id: 'answer-title', tabindex: '-1'};
  if (!isKnown(report)) return el('h1', {...attributes, class: 'sentence'}, headline(report));
  const {amount, per} = leadOf(report);
  const {main, bounds} = figure(amount);
  const estimated = report.elemental_magnesium.status === 'estimated';
  return el(
    'h1',
    attributes,
    el('span', {class: 'kicker'}, 'Elemental magnesium', estimated && ', estimated'),
    el(
      'span',
      {class: main.length > 5 ? 'figure long' : 'figure'},
      bounds && el('span', {class: 'roughly'}, 'about '),
      main,
      el('span', {class: 'unit'}, ' mg'),
    ),
    bounds && el('span', {class: 'bounds'}, ` ${bounds} mg`),
    el('span', {class: 'per'}, ` per ${per}`),
  );
}

const row = (name, ...value) => el('div', {class: 'line'}, el('dt', {}, name), el('dd', {}, value));

function amountRows(report) {
  const {per_unit_mg, per_day_mg} = report.elemental_magnesium;
  const {us_dv_percent: us, eu_nrv_percent: eu} = report.daily_values;
  const lead = leadOf(report);
  const oneUnit = report.serving?.units === 1;
  return [
    per_unit_mg && lead.key !== 'unit' && !oneUnit && row(`Per ${unitName(report)}`, interval(per_unit_mg)),
    per_day_mg && lead.key !== 'day' && row('Per day, by the directions on the label', interval(per_day_mg)),
    us !== null && row('US daily value, per serving', percent(us / 100)),
    eu !== null && row('EU reference value, per serving', percent(eu / 100)),
  ];
}

function sureRow({status, confidence}) {
  const filled = el('span', {class: 'sure-fill'});
  filled.style.width = `${100 * confidence}%`;
  return row(
    'How sure',
    el('span', {class: 'strong'}, percent(confidence)),
    `, ${statusWords(status)}`,
    el('span', {class: 'sure', 'aria-hidden': 'true'}, filled),
  );
}

function panel(report) {
  const families = [...new Set(report.magnesium.flatMap(({forms}) => forms))];
  const known = isKnown(report);
  return el(
    'div',
    {class: 'panel'},
    title(report),
    isFound(report) &&
      el(
        'dl',
        {class: 'lines'},
        known && amountRows(report),
        row('Form', formNames(families) || 'the label names none'),
        known && sureRow(report.elemental_magnesium),
      ),
  );
}

// What stood in the way, first where there is no full answer.
function advice(report, {onAdd, onOver}) {
  const done = report.outcome === 'complete';
  if (report.warnings.length === 0 && isFound(report)) return null;
  const failed = !isFound(report);
  const retake = report.outcome === 'unreadable' && report.source.images.length === 1;
  return el(
    'section',
    {class: failed || !done ? 'part advice urgent' : 'part advice'},
    el('h2', {}, failed ? 'What to do' : done ? 'Mind this' : 'For a full answer'),
    report.warnings.length > 0
      ? el(
          'ul',
          {},
          report.warnings.map(({message}) => el('li', {}, message)),
        )
      : el(
          'p',
          {},
          'If this is a magnesium supplement, photograph its facts panel, straight from the front, filling the picture.',
        ),
    el(
      'div',
      {class: 'row'},
      retake && el('button', {type: 'button', class: 'button primary', onclick: onOver}, 'Take it again'),
      onAdd &&
        el(
          'button',
          {type: 'button', class: retake ? 'button' : 'button primary', onclick: onAdd},
          'Add another photo',
        ),
    ),
  );
}

function reasonOf(fact, {rules}) {
  if (!fact.rule) return null;
  const rule = rules.get(fact.rule);
  return el(
    'p',
    {class: 'reason'},
    rule && `${rule.reason} `,
    el('span', {class: 'rule'}, `Rule ${fact.rule}`, rule?.citation && `: ${rule.citation}`),
  );
}

// A quote is a button to its place where it has one.
function quote(mark, several, onShow) {
  const words = el('q', {}, mark.text.replace(/\s+/g, ' '));
  const how = `${several ? `photo ${mark.image + 1}, ` : ''}read with ${percent(mark.confidence)}`;
  const text = [words, ' ', el('span', {class: 'how'}, how)];
  return el(
    'li',
    {},
    mark.polygon && onShow
      ? el('button', {type: 'button', class: 'quote', onclick: onShow}, text)
      : el('p', {class: 'quote'}, text),
  );
}

function factItem(fact, index, {knowledge, several, choose}) {
  const shown = firstPlace(fact) !== null && choose;
  const head = [
    el('span', {class: `badge ${fact.kind}`, 'aria-hidden': 'true'}, String(index + 1)),
    el('span', {class: 'fact-title'}, fact.title),
  ];
  return el(
    'li',
    {class: 'fact', 'data-fact': String(index)},
    el(
      'h3',
      {},
      shown
        ? el(
            'button',
            {type: 'button', class: 'fact-head', 'aria-pressed': 'false', onclick: () => choose(index, null, true)},
            head,
          )
        : el('span', {class: 'fact-head'}, head),
    ),
    fact.sentence && el('p', {}, fact.sentence),
    fact.result && el('p', {}, fact.result),
    reasonOf(fact, knowledge),
    el(
      'ul',
      {class: 'quotes'},
      fact.marks.map((mark) => quote(mark, several, shown && (() => choose(index, mark.image)))),
    ),
  );
}

// The photo and the facts, tied to each other.
function evidence(report, {urls, knowledge, onMarked}) {
  const facts = factsOf(report);
  const list = el('ol', {class: 'facts'});
  const images = report.source.images;
  let chosen = null;
  let viewer = null;
  // again: choosing the chosen fact lets go of it.
  const choose = (fact, image = null, again = false) => {
    chosen = again && fact === chosen ? null : fact;
    viewer.choose(chosen, image);
    for (const item of list.children) {
      const on = Number(item.dataset.fact) === chosen;
      item.classList.toggle('chosen', on);
      item.querySelector('button.fact-head')?.setAttribute('aria-pressed', String(on));
    }
    return chosen === null ? null : list.children[chosen];
  };
  const visible = images.length > 0 && urls.length === images.length;
  if (facts.length === 0 && !visible) return null;
  if (visible) {
    viewer = new Viewer({
      images,
      urls,
      facts,
      onMarked,
      onChoose: (fact) => choose(fact)?.scrollIntoView({block: 'nearest'}),
    });
  }
  const context = {knowledge, several: images.length > 1, choose: visible ? choose : null};
  list.append(...facts.map((fact, index) => factItem(fact, index, context)));
  return el(
    'section',
    {class: 'part words'},
    el(
      'div',
      {class: facts.length === 0 ? 'words-head alone' : 'words-head'},
      el('h2', {}, facts.length === 0 ? 'The photo' : 'Where it says so'),
      visible &&
        facts.length > 0 &&
        el('p', {class: 'hint'}, 'Choose a fact to see its words, or tap words on the photo.'),
    ),
    viewer?.element,
    facts.length > 0 && list,
  );
}

function checks(report) {
  const told = report.checks.filter(({result}) => result !== 'skipped');
  if (!isFound(report) || told.length === 0) return null;
  return el(
    'section',
    {class: 'part'},
    el('h2', {}, 'Checks'),
    el(
      'ul',
      {class: 'checks'},
      told.map(({result, detail}) =>
        el('li', {class: result}, el('span', {class: 'strong'}, checkWord(result)), ` ${detail}`),
      ),
    ),
  );
}

function about(report) {
  const {engine, source, timings_ms} = report;
  const seconds = timings_ms.total !== undefined ? ` in ${(timings_ms.total / 1000).toFixed(1)} s` : '';
  const file = new Blob([JSON.stringify(report, null, 2)], {type: 'application/json'});
  const address = URL.createObjectURL(file);
  const download = el(
    'a',
    {class: 'button', href: address, download: `${source.name || 'report'}.json`},
    'Save the report',
  );
  return el(
    'section',
    {class: 'part about'},
    el('h2', {}, 'About this answer'),
    el(
      'p',
      {},
      'It tells what the label says, not what is in the pack.',
      isKnown(report) &&
        ' How sure it is: how often figures with such evidence were right on labels whose truth is known.',
    ),
    el(
      'p',
      {class: 'hint'},
      `${source.images.map(({name}) => name).join(', ')}, read by magscan ${engine.magscan}${seconds}.`,
    ),
    el(
      'div',
      {class: 'row'},
      download,
      el('button', {type: 'button', class: 'button', onclick: () => print()}, 'Print'),
    ),
  );
}

// Fills `root`. urls: of the photos, in the report's order; onAdd (or null) and onOver: what the buttons do;
// onMarked(): a promise of an address of the photos as the program itself marks them.
export function showAnswer(root, report, {urls, knowledge, onAdd, onOver, onMarked}) {
  const sourceOf = sourceWriter(knowledge);
  const parts = [
    panel(report),
    advice(report, {onAdd, onOver}),
    evidence(report, {urls, knowledge, onMarked}),
    checks(report),
    limitsSection(report, sourceOf),
    noteSection(report, sourceOf),
    about(report),
  ];
  root.replaceChildren(...parts.filter(Boolean));
}
