// Photos to the program and its answer back, over XMLHttpRequest, which alone tells how much has been sent.
import {kMaxBytes} from './photos.js';
import {fitting} from './shrink.js';

const kNoStatus = 0;
const kBusy = [429, 503];
const kDefaultWaitS = 5;
const kLongestWaitS = 120;
const kTooLarge = {
  status: 413,
  code: 'body_too_large',
  detail: `They have more than ${kMaxBytes / 1e6} MB together, and this browser cannot make them smaller. Send fewer.`,
};

function formOf(files, settings) {
  const form = new FormData();
  for (const file of files) form.append('image', file, file.name);
  for (const [name, value] of Object.entries(settings)) if (value) form.append(name, value);
  return form;
}

// application/problem+json, or what can be said of an answer that is none.
function problemOf(request) {
  try {
    const body = JSON.parse(request.responseText);
    if (body && typeof body === 'object') {
      return {
        ...body,
        status: request.status,
        code: String(body.code ?? ''),
        detail: String(body.detail ?? body.title ?? ''),
      };
    }
  } catch {
    // falls through: a proxy's page, or nothing
  }
  return {status: request.status, code: '', detail: ''};
}

// Seconds, or a date.
export function waitOf(header, now = Date.now()) {
  if (!header) return kDefaultWaitS;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), kLongestWaitS) : kDefaultWaitS;
}

// One try. Resolves to {report}, {problem} or, where the program is busy, {wait: seconds, problem}; rejects with an
// AbortError once the signal is given.
async function send(path, files, settings, {key, signal, onSent, onWaiting, as = 'text'}) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, {once: true});
    const done = (how, what) => {
      signal.removeEventListener('abort', abort);
      how(what);
    };
    request.upload.addEventListener(
      'progress',
      (event) => event.lengthComputable && onSent(event.loaded / event.total),
    );
    request.upload.addEventListener('load', () => onWaiting());
    request.addEventListener('abort', () => done(reject, new DOMException('cancelled', 'AbortError')));
    for (const failure of ['error', 'timeout']) {
      request.addEventListener(failure, () =>
        done(resolve, {problem: {status: kNoStatus, code: 'unreachable', detail: ''}}),
      );
    }
    request.addEventListener('load', () => {
      if (request.status === 200) return done(resolve, {body: request.response});
      const problem = problemOf(request);
      if (kBusy.includes(request.status))
        return done(resolve, {problem, wait: waitOf(request.getResponseHeader('Retry-After'))});
      return done(resolve, {problem});
    });
    request.open('POST', path);
    if (as === 'blob') request.responseType = 'blob';
    if (key) request.setRequestHeader('Authorization', `Bearer ${key}`);
    request.send(formOf(files, settings));
  });
}

// {report} or {problem} or {problem, wait}.
export async function scan(photos, settings, options) {
  const files = await fitting(photos.map(({file}) => file));
  if (!files) return {problem: kTooLarge};
  const {body, ...rest} = await send('v1/scan', files, settings, options);
  if (body === undefined) return rest;
  try {
    return {report: JSON.parse(body)};
  } catch {
    return {problem: {status: 200, code: 'no_report', detail: ''}};
  }
}

// {picture: Blob} or {problem}: the photos with the evidence drawn by the program itself.
export async function annotate(photos, settings, options) {
  const silent = {onSent: () => {}, onWaiting: () => {}};
  const files = await fitting(photos.map(({file}) => file));
  if (!files) return {problem: kTooLarge};
  const {body, ...rest} = await send('v1/annotate', files, settings, {...silent, ...options, as: 'blob'});
  return body === undefined ? rest : {picture: body};
}
