// What goes wrong between a person and an answer, and what the page then says.
import {strict as assert} from 'node:assert';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {
  kExecutable,
  kProject,
  openPage,
  readPhotos,
  sample,
  startBrowser,
  startService,
  textOf,
  upload,
} from './harness.mjs';

const kBottle = sample('magnesium/bottle_bisglycinate.jpg');

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

test('a shaken photo: no figure, and how to take it again', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, sample('faults/shaken.jpg'));
  assert.equal(await textOf(page, '#answer-title'), 'Too little could be read to say anything');
  assert.match(await textOf(page, '.advice'), /What to do .*blurred\. Hold the camera still/);
  assert.equal(await page.locator('.figure').count(), 0);
  await page.getByRole('button', {name: 'Take it again'}).click();
  assert.ok(await page.locator('#start').isVisible());
  assert.equal(await page.locator('#photos li').count(), 0);
  await finish();
});

test('a front that settles no amount: both readings, what to photograph; another photo joins the first', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, sample('magnesium/front_citrate_ambiguous.jpg'));
  assert.match(await textOf(page, '#answer-title'), /^Elemental magnesium, estimated 53 to 500 mg per serving$/);
  assert.match(await textOf(page, '.advice'), /photograph the facts panel/);
  assert.match(await textOf(page, '.facts'), /“500 mg” may be the magnesium or the whole compound/);
  await page.getByRole('button', {name: 'Add another photo'}).click();
  assert.equal(await page.locator('#photos li').count(), 1);
  await finish();
});

test('a label without magnesium', async () => {
  const {page, finish} = await openPage(browser, service);
  await readPhotos(page, sample('no_magnesium/pouch_taurine.jpg'));
  assert.equal(await textOf(page, '#answer-title'), 'No magnesium named in what was read');
  await finish();
});

test('a file that is no picture: refused before it is sent, or by the program where its name lies', async () => {
  const {page, finish} = await openPage(browser, service, undefined, [415, 422]);
  await page.setInputFiles('#files', {
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Magnesium 200 mg'),
  });
  assert.equal(await textOf(page, '#notice'), 'notes.txt is not a picture.');
  assert.ok(await page.locator('#read').isHidden());

  await page.setInputFiles('#files', {
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('Magnesium 200 mg'),
  });
  await page.click('#read');
  await page.waitForSelector('#failure:not([hidden])');
  assert.match(await textOf(page, '#failure-title'), /picture/i);
  assert.notEqual(await textOf(page, '#failure-text'), '');
  assert.ok(await page.locator('#again').isHidden(), 'the same file would fail again');
  await page.getByRole('button', {name: 'Change the photos'}).click();
  assert.ok(await page.locator('#photos li .nameless').isVisible(), 'a picture that cannot be shown is named');
  await finish();
});

test('a photo cut off on its way', async () => {
  const {page, finish} = await openPage(browser, service, undefined, [422]);
  const half = readFileSync(kBottle).subarray(0, 60_000);
  await page.setInputFiles('#files', {name: 'half.jpg', mimeType: 'image/jpeg', buffer: half});
  await page.click('#read');
  await page.waitForSelector('#failure:not([hidden])');
  assert.equal(await textOf(page, '#failure-title'), 'The picture is damaged');
  await finish();
});

test('a busy program: the page waits as long as it is asked to, counts down and tries again', async (t) => {
  const busy = await startService('--workers', '1', '--queue', '1');
  t.after(() => busy.stop());
  const {page, finish} = await openPage(browser, busy, undefined, [503]);
  await page.setInputFiles('#files', kBottle);
  // Each is another photo to the program: bytes after the end of a JPEG are no part of the picture.
  const bytes = readFileSync(kBottle);
  const uploads = [0, 1].map((salt) => upload(busy, Buffer.concat([bytes, Buffer.from([salt])])));
  const waiting = async () =>
    (await (await fetch(`${busy.address}/metrics`)).text()).match(/^magscan_queue_depth (\d+)/m)[1];
  while ((await waiting()) === '0') await page.waitForTimeout(20); // until one is read and one waits
  await page.click('#read');
  await page.waitForSelector('#now:not([hidden])');
  assert.match(await textOf(page, '#stage'), /^The program is reading other photos\. Trying again in \d+ s\.$/);
  await page.waitForSelector('#answer:not([hidden])');
  assert.match(await textOf(page, '#answer-title'), /200 mg/);
  await Promise.all(uploads);
  await finish();
});

test('reading can be cancelled; the photos stay', async () => {
  const {page, finish} = await openPage(browser, service);
  await page.setInputFiles('#files', sample('magnesium/tub_citrate_powder.jpg'));
  await page.click('#read');
  await page.click('#cancel');
  assert.ok(await page.locator('#start').isVisible());
  assert.equal(await page.locator('#photos li').count(), 1);
  assert.equal(await textOf(page, '#said'), 'Cancelled.');
  await finish();
});

test('without a connection the photos wait, and are sent once there is one', async () => {
  const {page, context, finish} = await openPage(browser, service, undefined, ['ERR_INTERNET_DISCONNECTED']);
  await page.setInputFiles('#files', kBottle);
  await context.setOffline(true);
  await page.click('#read');
  await page.waitForSelector('#failure:not([hidden])');
  assert.equal(await textOf(page, '#failure-title'), 'No connection');
  await context.setOffline(false);
  await page.waitForSelector('#answer:not([hidden])');
  await finish();
});

test('a program that ended: said so, and tried again on demand', async (t) => {
  const short = await startService();
  t.after(() => short.stop());
  const {page, finish} = await openPage(browser, short, undefined, ['ERR_CONNECTION_REFUSED', 'ERR_CONNECTION_RESET']);
  await page.setInputFiles('#files', kBottle);
  await short.stop();
  await page.click('#read');
  await page.waitForSelector('#failure:not([hidden])');
  assert.equal(await textOf(page, '#failure-title'), 'The program cannot be reached');
  assert.ok(await page.locator('#again').isVisible());
  await finish();
});

test('a key is asked for, kept in the tab and nowhere else, and sent', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'magscan-web-'));
  t.after(() => rmSync(folder, {recursive: true}));
  const keys = join(folder, 'keys');
  const key = execFileSync(kExecutable, ['serve', '--keys', keys, '--add-key', 'page'], {encoding: 'utf8'})
    .trim()
    .split(/\s+/)
    .at(-1);
  const closed = await startService('--keys', keys);
  t.after(() => closed.stop());
  const {page, finish} = await openPage(browser, closed, undefined, [401]);
  await page.setInputFiles('#files', kBottle);
  await page.click('#read');
  await page.waitForSelector('#key-form:not([hidden])');
  assert.equal(await textOf(page, '#failure-title'), 'This program asks for a key');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'key');
  await page.fill('#key', 'not the key');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('failure-title').textContent === 'The key is not known');
  await page.fill('#key', key);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#answer:not([hidden])');
  assert.deepEqual(await page.evaluate(() => Object.values(sessionStorage)), [key]);
  assert.equal(await page.evaluate((secret) => JSON.stringify({...localStorage}).includes(secret), key), false);
  await finish();
});

test('photos that are too large together are sent smaller, and those that cannot be are told', async () => {
  const {page, finish} = await openPage(browser, service);
  const most = readFileSync(`${kProject}tools/service/options.h`, 'utf8')
    .match(/kMaxPictureBody = ([\d']+)/)[1]
    .replaceAll("'", '');
  assert.equal(await page.evaluate(async () => (await import('/photos.js')).kMaxBytes), Number(most));
  const sizes = await page.evaluate(async () => {
    const {fitting} = await import('/shrink.js');
    // A picture of noise, which a lossless format makes no smaller.
    const noise = async (side, name) => {
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d');
      const pixels = context.createImageData(side, side);
      for (let at = 0, seed = side; at < pixels.data.length; ++at) {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        pixels.data[at] = at % 4 === 3 ? 255 : seed & 255;
      }
      context.putImageData(pixels, 0, 0);
      return new File([await canvas.convertToBlob({type: 'image/png'})], name, {type: 'image/png'});
    };
    const files = [await noise(100, 'small.png'), await noise(1000, 'large.png')];
    const bytes = (all) => all.reduce((sum, {size}) => sum + size, 0);
    const as = await fitting(files, bytes(files));
    const most = 0.75 * bytes(files);
    const less = await fitting(files, most);
    return {
      untouched: as.every((file, index) => file === files[index]),
      fits: bytes(less) <= most,
      names: less.map(({name}) => name).join() === files.map(({name}) => name).join(),
      smallestKept: less[0] === files[0],
      impossible: await fitting([new File([new Uint8Array(2000)], 'no.heic')], 1000),
    };
  });
  assert.deepEqual(sizes, {untouched: true, fits: true, names: true, smallestKept: true, impossible: null});
  await finish();
});
