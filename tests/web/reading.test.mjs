// From the photo to the answer, as a person does it.
import {strict as assert} from 'node:assert';
import {spawnSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {
  kDesktop,
  kExecutable,
  kPhone,
  openPage,
  readPhotos,
  sample,
  startBrowser,
  startService,
  textOf,
} from './harness.mjs';

const kBottle = sample('magnesium/bottle_bisglycinate.jpg');
const kFront = sample('magnesium/front_bisglycinate.jpg');

let service;
let browser;
before(async () => {
  service = await startService();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('a photo gives the amount, what it counts, and how sure it is', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, kBottle);
  assert.equal(await textOf(page, '#answer-title'), 'Elemental magnesium 200 mg per serving of 2 capsules');
  const lines = await textOf(page, '.lines');
  for (const part of [
    'Per capsule 100 mg',
    'Per day, by the directions on the label 200 mg',
    'US daily value, per serving 48 %',
    'EU reference value, per serving 53 %',
    'Form magnesium bisglycinate',
    'printed on the label as elemental magnesium',
  ]) {
    assert.ok(lines.includes(part), `${part} in: ${lines}`);
  }
  assert.match(lines, /How sure \d+ %/);
  assert.equal(
    (await page.title()).replace(/\s/g, ' '),
    '200 mg elemental magnesium per serving of 2 capsules – magscan',
  );
  assert.equal(await page.evaluate(() => document.activeElement.id), 'answer-title');
  const facts = await textOf(page, '.facts');
  assert.match(facts, /“200 mg” is elemental magnesium/);
  assert.match(facts, /Rule US-1: 21 CFR/);
  assert.match(facts, /One serving is 2 capsules/);
  assert.match(await textOf(page, '.checks'), /agrees 200 mg is 47.6 % of 420 mg/);
  await finish();
});

// Where the first outline of a fact is on the screen, and the window it is seen through.
const placeOf = (page, fact) =>
  page.evaluate((index) => {
    const rect = (node) => node.getBoundingClientRect().toJSON();
    return {
      words: rect(document.querySelector(`.mark[data-fact="${index}"] .line`)),
      window: rect(document.querySelector('.window')),
    };
  }, fact);

test('a fact lights up its words on the photo, and words light up their fact', async () => {
  const {page, finish} = await openPage(browser, service, {...kPhone, reducedMotion: 'reduce'});
  await readPhotos(page, kBottle);
  const whole = await placeOf(page, 0);
  await page.locator('.fact-head').nth(0).click();
  assert.equal(await page.locator('.fact.chosen').count(), 1);
  assert.equal(await page.locator('.fact-head').nth(0).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('.mark.chosen').getAttribute('data-fact'), '0');
  const near = await placeOf(page, 0);
  assert.ok(near.words.width > 1.3 * whole.words.width, 'the words come closer');
  assert.ok(near.words.left >= near.window.left && near.words.right <= near.window.right, 'and are in the window');
  assert.ok(near.words.top >= near.window.top && near.words.bottom <= near.window.bottom);

  const serving = (await placeOf(page, 1)).words;
  await page.mouse.click(serving.left + serving.width / 2, serving.top + serving.height / 2);
  assert.equal(await page.locator('.fact.chosen').getAttribute('data-fact'), '1');
  assert.equal(await page.locator('.mark.chosen').getAttribute('data-fact'), '1');

  await page.getByRole('button', {name: 'Whole photo'}).click();
  assert.equal(await page.locator('.fact.chosen, .viewer .chosen').count(), 0);
  assert.ok(Math.abs((await placeOf(page, 0)).words.width - whole.words.width) < 1);
  await finish();
});

test('the outlines lie on the words: they are pixels of the photo as it stands upright', async () => {
  const {page, finish} = await openPage(browser, service, kDesktop);
  await readPhotos(page, kBottle);
  const {image, box} = await page.evaluate(() => ({
    image: [
      document.querySelector('.viewer .stage img').naturalWidth,
      document.querySelector('.viewer .stage img').naturalHeight,
    ],
    box: document.querySelector('.viewer svg').getAttribute('viewBox'),
  }));
  assert.equal(box, `0 0 ${image[0]} ${image[1]}`);
  const {photo, marks} = await page.evaluate(() => ({
    photo: document.querySelector('.viewer .stage img').getBoundingClientRect().toJSON(),
    marks: document.querySelector('.viewer svg').getBoundingClientRect().toJSON(),
  }));
  assert.deepEqual(marks, photo);
  await finish();
});

test('two photos of one product are one answer, and each fact goes to its own photo', async () => {
  const {page, finish} = await openPage(browser, service, kDesktop);
  await page.setInputFiles('#files', [kFront, kBottle]);
  assert.equal(await page.locator('#photos li').count(), 2);
  assert.equal(await textOf(page, '#read'), 'Read 2 photos as one product');
  await page.click('#read');
  await page.waitForSelector('#answer:not([hidden])');
  assert.match(await textOf(page, '#answer-title'), /200 mg per serving of 2 capsules/);
  const shown = () => page.locator('.tabs [aria-pressed="true"]').innerText();
  await page.locator('.fact', {hasText: 'One serving is'}).locator('.fact-head').click();
  assert.equal(await shown(), 'Photo 2');
  await page.locator('.tabs button').first().click();
  assert.equal(await shown(), 'Photo 1');
  assert.match(await page.locator('.viewer .stage img').getAttribute('alt'), /front_bisglycinate/);
  await finish();
});

test('for whom and where chooses the upper levels that the amount is held against', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, kBottle);
  const levels = async () =>
    (await page.locator('.levels li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  const all = await levels();
  assert.ok(
    all.some((text) => text.startsWith('350 mg not exceeded Institute of Medicine (US)')),
    all.join('\n'),
  );
  assert.ok(all.some((text) => text.includes('Health Canada')));
  await page.goBack();
  await page.locator('#whom summary').click();
  await page.getByLabel('By age and sex').check();
  await page.fill('#age', '8');
  await page.selectOption('#place', 'us');
  await page.click('#read');
  await page.waitForSelector('#answer:not([hidden])');
  assert.match((await levels())[0], /^110 mg exceeded by 90 mg Institute of Medicine \(US\)/);
  await finish();
});

test('a photo that the browser cannot show: outlines on paper, and the marked picture from the program', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, sample('magnesium/pouch_citrate_es.heic'));
  assert.match(await textOf(page, '.missing'), /^This browser cannot show HEIC pictures/);
  assert.ok((await page.locator('.mark').count()) > 0);
  await page.getByRole('button', {name: 'Show the marked picture'}).click();
  await page.waitForFunction(() => document.querySelector('img.marked')?.naturalWidth > 0);
  await finish();
});

test('photos can be removed, dropped, pasted, and are six at most', async () => {
  const {page, finish} = await openPage(browser, service, kDesktop);
  await page.setInputFiles('#files', [kFront, kBottle]);
  await page.getByRole('button', {name: 'Remove photo 1, front_bisglycinate.jpg'}).click();
  assert.equal(await page.locator('#photos li').count(), 1);
  await page.setInputFiles('#files', kBottle);
  assert.equal(await textOf(page, '#notice'), 'bottle_bisglycinate.jpg is already there.');
  const send = (type, names) =>
    page.evaluate(
      ([event, all]) => {
        const data = new DataTransfer();
        for (const name of all) data.items.add(new File([name], name, {type: 'image/png'}));
        const init = {bubbles: true, cancelable: true};
        document.body.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', {...init, dataTransfer: data})
            : new ClipboardEvent('paste', {...init, clipboardData: data}),
        );
      },
      [type, names],
    );
  await send('paste', ['a.png']);
  assert.equal(await page.locator('#photos li').count(), 2);
  await send('drop', ['b.png', 'c.png', 'd.png', 'e.png', 'f.png', 'g.png']);
  assert.equal(await page.locator('#photos li').count(), 6);
  assert.equal(await textOf(page, '#notice'), 'Six photos of one product are read together; 2 were left out.');
  assert.ok(await page.locator('#files').isDisabled());
  await finish();
});

async function tabTo(page, selector) {
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((what) => document.activeElement.matches(what), selector)) return;
  }
  assert.fail(`Tab never comes to ${selector}`);
}

test('the keyboard alone is enough', async () => {
  const {page, finish} = await openPage(browser, service, kDesktop);
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, '#files');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(kBottle);
  await page.waitForFunction(() => document.activeElement.id === 'read');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#answer:not([hidden])');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'answer-title');
  await tabTo(page, '.fact-head');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.fact.chosen').getAttribute('data-fact'), '0');
  await tabTo(page, '.quote');
  await page.keyboard.press('Space');
  assert.equal(await page.locator('.mark.chosen').count(), 1);
  await finish();
});

test('Back leads from the answer to the photos, which are still there', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, kBottle);
  await page.goBack();
  assert.ok(await page.locator('#start').isVisible());
  assert.equal(await page.locator('#photos li').count(), 1);
  await page.goForward();
  assert.match(await textOf(page, '#answer-title'), /200 mg/);
  await page.getByRole('button', {name: 'New product'}).click();
  assert.equal(await page.locator('#photos li').count(), 0);
  await finish();
});

test('the page finds the same words as the program', async () => {
  const labels = [
    'Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 200 mg 48%',
    'Supplement Facts\nServing Size 1 Tablet\nServings Per Container 60\nMagnesium (as magnesium oxide) 400 mg 95%',
    'Magnesium Citrate 500 mg',
    'Magnesium Citrate 1,000 mg\nDietary Supplement',
    'Zutaten pro Kapsel\nMagnesiumcitrat 1.875 mg\ndavon Magnesium 300 mg 80 %',
    'Contains magnesium and zinc',
    'Vitamin C 1000 mg',
    'Supplement Facts\nServing Size 5 ml\nMagnesium (as magnesium chloride) 133 mg 32%',
  ];
  const parse = (input, ...options) => spawnSync(kExecutable, ['parse', ...options], {input, encoding: 'utf8'}).stdout;
  const lines = labels.map((text, id) => JSON.stringify({id: String(id), text}));
  const reports = parse(lines.join('\n'), '--jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(reports.length, labels.length);
  const {page, finish} = await openPage(browser, service);
  for (const [index, label] of labels.entries()) {
    const answer = parse(label).match(/^Answer +(.*(\n {12}(?!\d).*)*)/m)[1];
    const headline = await page.evaluate(
      async (report) => (await import('/words.js')).headline(report),
      reports[index],
    );
    assert.equal(headline.replace(/\s/g, ' '), answer.replace(/\s+/g, ' '));
  }
  await finish();
});
