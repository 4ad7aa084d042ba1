// A real service and a real browser for the tests of the page.
//
// MAGSCAN_EXECUTABLE names the program, MAGSCAN_CHROMIUM the browser (else /usr/bin/chromium).
import {strict as assert} from 'node:assert';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {createInterface} from 'node:readline';
import {chromium} from 'playwright-core';

export const kProject = fileURLToPath(new URL('../../', import.meta.url));
export const kExecutable = process.env.MAGSCAN_EXECUTABLE ?? `${kProject}build/magscan`;
export const kPatience = 300_000; // ms for an answer on a busy machine

export const sample = (name) => `${kProject}samples/photos/${name}`;

// {address, stop()}. The service listens on a free port, which its log names.
export async function startService(...options) {
  const child = spawn(kExecutable, ['serve', '--listen', '127.0.0.1:0', '--deadline', '280', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({input: child.stderr});
  const said = [];
  const port = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      const found = portOf(line);
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the service ended at its start:\n${said.join('\n')}`)));
    child.once('error', reject);
  });
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function portOf(line) {
  try {
    return JSON.parse(line).port ?? null;
  } catch {
    return null;
  }
}

// The report of a JPEG's bytes, without a browser.
export async function upload(service, body) {
  const reply = await fetch(`${service.address}/v1/scan`, {
    method: 'POST',
    headers: {'Content-Type': 'image/jpeg'},
    body,
  });
  assert.equal(reply.status, 200);
  return reply.json();
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.MAGSCAN_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const kPhone = {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true, deviceScaleFactor: 2};
export const kDesktop = {viewport: {width: 1280, height: 900}};

// A page of the service in a context of its own. finish() closes it and fails where the page broke its own policy,
// asked another host, threw, or wrote an error; `refusals` are the statuses that the test provokes.
export async function openPage(browser, service, options = kPhone, refusals = []) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.setDefaultTimeout(kPatience);
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const expected = (text) =>
    refusals.some((status) => text.includes(`status of ${status}`) || text.includes(String(status)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`error: ${error.stack}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${service.address}/`) && !/^(blob|data):/.test(url)) wrong.push(`another host: ${url}`);
  });
  await page.goto(`${service.address}/`);
  return {
    page,
    context,
    async finish() {
      await context.close();
      assert.deepEqual(wrong, []);
    },
  };
}

// Chooses photos, reads them and waits for the answer.
export async function readPhotos(page, photos) {
  await page.setInputFiles('#files', photos);
  await page.click('#read');
  await page.waitForSelector('#answer:not([hidden])');
}

// The visible text of an element, with its white space as one space.
export async function textOf(page, selector) {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();
}
