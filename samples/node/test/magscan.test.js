'use strict';
// The addon on a sample, from eight calls at once. MAGSCAN_MODELS names the folder of the text detector.
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const magscan = require('..');

const samples = process.env.MAGSCAN_SAMPLES ?? path.join(__dirname, '..', '..', 'photos', 'magnesium');
const photo = readFileSync(path.join(samples, 'screen_taurate_uk.png'));
const scanner = new magscan.Scanner();

const untimed = (report) => ({ ...report, timings_ms: {} });

test('eight calls at once give the same report, and the event loop goes on', async () => {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const calls = Array.from({ length: 8 }, () => scanner.scan(photo, { name: 'screen.png' }));
  const reports = await Promise.all(calls);
  clearInterval(timer);
  assert.equal(reports[0].elemental_magnesium.per_serving_mg.value, 120);
  assert.equal(reports[0].source.name, 'screen.png');
  for (const report of reports) assert.deepEqual(untimed(report), untimed(reports[0]));
  assert.ok(ticks > 3, `${ticks} ticks`);
  assert.ok(scanner.hasDetector);
});

test('progress is told in order', async () => {
  const told = [];
  await scanner.scan(photo, { onProgress: (progress) => told.push(progress) });
  assert.deepEqual(told.map(({ stage }) => stage), ['decode', 'detect', 'read', 'understand']);
  assert.ok(told.every(({ share }, i) => share >= (told[i - 1]?.share ?? 0) && share <= 1));
});

test('a signal and a deadline end a call', async () => {
  const abort = new AbortController();
  const call = scanner.scan(photo, { signal: abort.signal, onProgress: () => abort.abort() });
  await assert.rejects(call, { name: 'AbortError' });
  await assert.rejects(scanner.scan(photo, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  await assert.rejects(scanner.scan(photo, { deadlineMs: 1 }), { code: 'deadline' });
});

test('what is wrong is an error with a code', async () => {
  await assert.rejects(scanner.scan(Buffer.from('no photo')), { code: 'not_a_picture' });
  await assert.rejects(scanner.scan('bottle.jpg'), { code: 'usage' });
  await assert.rejects(scanner.scan(photo, { person: 'cat' }), { code: 'usage' });
  const pair = [{ bytes: photo, name: 'a' }, { bytes: Buffer.from('no photo'), name: 'b' }];
  await assert.rejects(scanner.scanProduct(pair), { code: 'not_a_picture', photo: 1 });
  assert.throws(() => new magscan.Scanner({ models: '/nonexistent' }), { code: 'set_up' });
});

test('texts, pages and doses are answered at once', () => {
  const label = 'Supplement Facts\nMagnesium (as Magnesium Citrate) 200 mg 48%';
  assert.equal(magscan.parse(label, { name: 'a' }).elemental_magnesium.per_serving_mg.value, 200);
  const page = { lines: label.split('\n').map((text) => ({ text })) };
  assert.equal(magscan.parsePage(page).elemental_magnesium.per_serving_mg.value, 200);
  assert.throws(() => magscan.parsePage({ lines: 7 }), { code: 'usage' });
  const dose = magscan.calc({ form: 'oxide', amount: '400mg', basis: 'compound' });
  assert.match(JSON.stringify(dose), /oxide/);
  assert.throws(() => magscan.calc({ form: 'sand', amount: '1g' }), { code: 'usage' });
});
