// What everybody needs of the page: names for all controls, headings in order, contrast, room for fingers and for large
// letters, calm where calm is asked for, and paper. And that what a label says stays text.
import {strict as assert} from 'node:assert';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {
  kDesktop,
  kPhone,
  openPage,
  readPhotos,
  sample,
  startBrowser,
  startService,
  textOf,
  upload,
} from './harness.mjs';
import {faults} from './accessibility.mjs';

const kBottle = sample('magnesium/bottle_bisglycinate.jpg');

let service;
let browser;
let report; // of kBottle, with every optional part
before(async () => {
  service = await startService();
  browser = await startBrowser();
  report = {...(await upload(service, readFileSync(kBottle))), limits: kLimits, suitability: kSuitability};
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const limit = (authority, limit_mg, exceeded) => ({
  authority,
  limit_mg,
  applies_to: 'adults, from supplements',
  exceeded,
  source: 'efsa-8656',
});
const kLimits = [
  limit('Institute of Medicine (US)', 350, false),
  limit('EFSA (EU)', 150, true),
  limit('Health Canada', 500, null),
];
const kSuitability = {
  summary: 'It suits most uses of magnesium.',
  forms: [
    {
      form: 'bisglycinate',
      absorption: {low_percent: 20, high_percent: 25, evidence: 'one trial', sources: ['mah-2021']},
      purposes: [
        {purpose: 'rem', rating: 'unknown', evidence: 'none', conflict: null, note: 'No trial.', sources: []},
        {
          purpose: 'sleep-onset',
          rating: 'ok',
          evidence: 'limited',
          conflict: 'One says so, one does not.',
          note: 'One trial.',
          sources: ['mah-2021', 'efsa-8656'],
        },
      ],
    },
  ],
  cautions: [{id: 'kidney', text: 'Weak kidneys cannot clear it.', sources: ['general-knowledge']}],
  label_notes: [{id: 'zinc', text: 'It also holds zinc.', sources: []}],
  disclaimer: 'No medical advice.',
};

// Shows a report as the page does after it was read.
const showReport = (page, what) =>
  page.evaluate(async (given) => {
    const {showAnswer} = await import('/answer.js');
    const {knowledge} = await import('/knowledge.js');
    document.getElementById('start').hidden = true;
    document.getElementById('answer').hidden = false;
    showAnswer(document.getElementById('answer'), given, {
      urls: [],
      knowledge: await knowledge(),
      onAdd: () => {},
      onOver: () => {},
    });
  }, what);

for (const colorScheme of ['light', 'dark']) {
  for (const [name, device] of [
    ['phone', kPhone],
    ['desktop', kDesktop],
  ]) {
    test(`nothing is in the way of anybody: ${name}, ${colorScheme}`, async () => {
      const {page, finish} = await openPage(browser, service, {...device, colorScheme});
      assert.deepEqual(await faults(page), []);
      await page.locator('#whom summary').click();
      await page.setInputFiles('#files', kBottle);
      assert.deepEqual(await faults(page), []);
      await page.click('#read');
      await page.waitForSelector('#answer:not([hidden])');
      await page.locator('.fact-head').first().click();
      assert.deepEqual(await faults(page), []);
      await showReport(page, report);
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
      assert.deepEqual(await faults(page), []);
      await finish();
    });
  }
}

test('the dark page is dark', async () => {
  const paper = async (colorScheme) => {
    const {page, finish} = await openPage(browser, service, {...kPhone, colorScheme});
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await finish();
    return (
      colour
        .match(/\d+/g)
        .slice(0, 3)
        .map(Number)
        .reduce((a, b) => a + b) / 3
    );
  };
  assert.ok((await paper('light')) > 240);
  assert.ok((await paper('dark')) < 30);
});

test('letters twice as large, and a narrow phone: nothing runs out of the page', async () => {
  const {page, finish} = await openPage(browser, service, {...kPhone, viewport: {width: 320, height: 640}});
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const twice = () => page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.ok((await wider()) <= 0);
  await twice();
  assert.ok((await wider()) <= 0, 'start');
  await readPhotos(page, kBottle);
  assert.ok((await wider()) <= 0, 'answer');
  await showReport(page, report);
  assert.ok((await wider()) <= 0, 'answer with everything');
  await finish();
});

test('nothing moves where stillness is asked for', async () => {
  const {page, finish} = await openPage(browser, service, {...kPhone, reducedMotion: 'reduce'});
  await page.setInputFiles('#files', kBottle);
  await page.click('#read');
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await page.waitForSelector('#answer:not([hidden])');
  await page.locator('.fact-head').first().click();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await finish();
});

test('on paper there is the answer, all of it, and no button', async () => {
  const {page, finish} = await openPage(browser, service, {...kPhone, colorScheme: 'dark'});
  await readPhotos(page, kBottle);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')),
    '#fff',
  );
  assert.ok(await page.locator('.figure').isVisible());
  assert.ok(await page.locator('.viewer .window').isVisible());
  for (const hidden of ['.tools', '.about .row', '#over'])
    assert.ok(await page.locator(hidden).first().isHidden(), hidden);
  await finish();
});

test('limits in words and in figures, the note with its evidence, cautions and sources', async () => {
  const {page, finish} = await openPage(browser, service);
  await showReport(page, report);
  const limits = await textOf(page, '.limits');
  assert.match(limits, /200 mg a day, by the directions on the label/);
  assert.match(limits, /150 mg exceeded by 50 mg EFSA \(EU\), adults, from supplements/);
  assert.match(limits, /350 mg not exceeded Institute of Medicine \(US\), adults, from supplements/);
  assert.match(limits, /500 mg not known Health Canada, adults, from supplements/);
  await page.locator('.limits .whence summary').click();
  assert.match(await textOf(page, '.limits .whence'), /EFSA \(EU\) Source: EFSA 2024: safety/);
  const note = await textOf(page, '.note');
  assert.match(
    note,
    /Falling asleep fair limited evidence .*Dream sleep \(REM\) not known no evidence/,
    'the unknown ones last',
  );
  for (const part of [
    'It suits most uses',
    'Taken up: one trial',
    'Weak kidneys',
    'It also holds zinc',
    'No medical advice',
  ]) {
    assert.ok(note.includes(part), part);
  }
  await page.locator('.purposes summary').first().click();
  assert.match(await textOf(page, '.purposes li'), /Sources disagree\. One says so, one does not\./);
  for (const link of await page.locator('.sources a').all()) {
    assert.match(await link.getAttribute('href'), /^https:\/\//);
    assert.match(await link.getAttribute('rel'), /noopener/);
  }
  await finish();
});

test('parts that a report does not have are not shown', async () => {
  const {page, finish} = await openPage(browser, service);
  await showReport(page, {...report, limits: [], checks: [], suitability: null, serving: null, warnings: []});
  for (const part of ['.limits', '.note', '.checks', '.advice'])
    assert.equal(await page.locator(part).count(), 0, part);
  assert.match(await textOf(page, '#answer-title'), /200 mg per serving$/);
  await finish();
});

test('several products, and photos that disagree, are told', async () => {
  const {page, finish} = await openPage(browser, service);
  const nothing = {status: 'unknown', per_serving_mg: null, per_unit_mg: null, per_day_mg: null, confidence: 0};
  const warnings = [
    {code: 'several_products', message: 'The text describes several products.'},
    {code: 'photos_disagree', message: 'Photo 1 gives 2.'},
  ];
  await showReport(page, {...report, outcome: 'partial', elemental_magnesium: nothing, warnings});
  assert.equal(await textOf(page, '#answer-title'), 'Contains magnesium; how much elemental magnesium is not known');
  assert.match(await textOf(page, '.advice'), /The text describes several products\. Photo 1 gives 2\./);
  assert.equal(await page.locator('.figure').count(), 0);
  await finish();
});

// Every text of a report replaced by one that would be an element if it were taken for HTML.
function hostile(value) {
  if (typeof value === 'string')
    return /^[a-z_0-9-]*$/.test(value) || value.length > 60 ? value : '<img src=x onerror="window.broken=1">';
  if (Array.isArray(value)) return value.map(hostile);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one)]));
  return value;
}

test('what a label says is text and nothing else', async () => {
  const {page, finish} = await openPage(browser, service);
  await showReport(page, hostile(report));
  assert.ok((await textOf(page, '#answer')).includes('<img src=x'));
  assert.equal(await page.locator('#answer img').count(), 0);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  await finish();
});

test('for whom and where is remembered, and sent', async () => {
  const {page, finish} = await openPage(browser, service);
  await page.locator('#whom summary').click();
  await page.getByLabel('By age and sex').check();
  await page.fill('#age', '12');
  await page.selectOption('#sex', 'f');
  await page.selectOption('#place', 'uk');
  assert.equal(await textOf(page, '#whom-now'), 'for a girl or woman of 12 years, United Kingdom');
  await page.reload();
  assert.equal(await textOf(page, '#whom-now'), 'for a girl or woman of 12 years, United Kingdom');
  const chosen = await page.evaluate(async () => (await import('/settings.js')).chosenSettings());
  assert.deepEqual(chosen, {profile: 'age=12,sex=f', jurisdiction: 'uk'});
  await finish();
});
