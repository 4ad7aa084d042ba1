// The page: choose photos, send them, wait, show the answer. One section is shown at a time; the focus goes to its
// heading.
import {showAnswer} from './answer.js';
import {byId} from './dom.js';
import {knowledge} from './knowledge.js';
import {kMaxPhotos, Photos, showPhotos} from './photos.js';
import {problemWords, waitingWords} from './problems.js';
import {chosenSettings, prepareSettings, storedKey, storeKey} from './settings.js';
import {annotate, scan} from './transfer.js';
import {headline, isKnown, percent} from './words.js';

const kViews = ['start', 'working', 'failure', 'answer'];
const kMostTries = 20; // while the program is busy

const photos = new Photos(photosChanged);
let running = null; // the AbortController of a scan under way

function say(text) {
  byId('said').textContent = text;
}

function show(view, title = 'magscan') {
  for (const id of kViews) byId(id).hidden = id !== view;
  byId('over').hidden = view !== 'answer';
  document.body.dataset.view = view;
  document.title = title;
  scrollTo(0, 0);
  byId(`${view}-title`)?.focus({preventScroll: true});
}

function photosChanged(notice) {
  const {items} = photos;
  showPhotos(byId('photos'), items, (index) => {
    photos.remove(index);
    const left = byId('photos').querySelectorAll('button');
    (left[Math.min(index, left.length - 1)] ?? byId('files')).focus();
  });
  byId('start').dataset.photos = items.length === 0 ? 'none' : items.length < kMaxPhotos ? 'some' : 'full';
  byId('read').hidden = items.length === 0;
  byId('read').textContent = items.length > 1 ? `Read ${items.length} photos as one product` : 'Read the label';
  for (const input of [byId('camera'), byId('files')]) input.disabled = items.length === kMaxPhotos;
  byId('take').firstElementChild.textContent = items.length ? 'Take another' : 'Take a photo';
  byId('pick').firstElementChild.textContent = items.length ? 'Add photos' : 'Choose photos';
  byId('notice').textContent = notice;
  byId('notice').hidden = notice === '';
  if (!notice) say(items.length === 0 ? '' : `${items.length === 1 ? 'One photo' : `${items.length} photos`} ready.`);
}

function addPhotos(files) {
  if (files.length === 0 || running) return;
  if (document.body.dataset.view !== 'start') show('start');
  photos.add(files);
  if (photos.items.length > 0) byId('read').focus({preventScroll: true});
}

// Waits as long as the program asks for, counting down; true where it was waited for, not cut short by an abort.
function pause(seconds, tell, signal) {
  return new Promise((resolve, reject) => {
    let left = seconds;
    const end = (how, what) => {
      clearInterval(timer);
      byId('now').hidden = true;
      byId('now').onclick = null;
      signal.removeEventListener('abort', stop);
      how(what);
    };
    const stop = () => end(reject, new DOMException('cancelled', 'AbortError'));
    const timer = setInterval(() => (--left > 0 ? tell(left) : end(resolve)), 1000);
    byId('now').hidden = false;
    byId('now').onclick = () => end(resolve);
    signal.addEventListener('abort', stop);
    tell(left);
  });
}

// The progress of one try: how much is sent, then how long it has been read.
function watch() {
  const [bar, stage] = [byId('bar'), byId('stage')];
  let ticking = null;
  const stop = () => clearInterval(ticking);
  return {
    stop,
    onSent(share) {
      bar.value = Math.round(share * 100);
      stage.textContent = `Sending, ${percent(share)}`;
    },
    onWaiting() {
      stop();
      bar.removeAttribute('value');
      say('Sent. The label is being read.');
      const started = Date.now();
      const tell = () => {
        const seconds = Math.round((Date.now() - started) / 1000);
        stage.textContent = seconds < 2 ? 'Reading' : `Reading for ${seconds} s`;
      };
      tell();
      ticking = setInterval(tell, 1000);
    },
  };
}

async function tryUntilFree(signal) {
  for (let tries = 1; ; ++tries) {
    const progress = watch();
    progress.onSent(0);
    let outcome;
    try {
      outcome = await scan(photos.items, chosenSettings(), {key: storedKey(), signal, ...progress});
    } finally {
      progress.stop();
    }
    if (outcome.wait === undefined || tries === kMostTries) return outcome;
    byId('bar').value = 0;
    const why = waitingWords(outcome.problem);
    say(`${why} Trying again in ${outcome.wait} seconds.`);
    await pause(outcome.wait, (left) => (byId('stage').textContent = `${why} Trying again in ${left} s.`), signal);
  }
}

async function readPhotos() {
  if (running || photos.items.length === 0) return;
  running = new AbortController();
  const {signal} = running;
  showPhotos(byId('working-photos'), photos.items);
  byId('working-title').textContent =
    photos.items.length > 1 ? `Reading ${photos.items.length} photos` : 'Reading the label';
  show('working', 'Reading – magscan');
  try {
    const {report, problem} = await tryUntilFree(signal);
    if (report) await answer(report);
    else fail(problem);
  } catch (error) {
    if (error.name === 'AbortError') {
      show('start');
      say('Cancelled.');
    } else {
      console.error(error);
      fail({code: 'page', status: 200, detail: 'The page could not show the answer. Load it again.'});
    }
  } finally {
    running = null;
  }
}

async function answer(report) {
  const known = await knowledge();
  showAnswer(byId('answer'), report, {
    urls: photos.items.map(({url}) => url),
    knowledge: known,
    onAdd: photos.items.length < kMaxPhotos ? () => show('start') : null,
    onOver: startOver,
    onMarked: markedPicture,
  });
  if (history.state?.view !== 'answer') history.pushState({view: 'answer'}, '');
  show('answer', `${headline(report)} – magscan`);
  // The focused heading tells the rest.
  say(isKnown(report) ? `${percent(report.elemental_magnesium.confidence)} sure.` : '');
}

async function markedPicture() {
  const {picture, problem} = await annotate(photos.items, chosenSettings(), {
    key: storedKey(),
    signal: new AbortController().signal,
  });
  if (problem) throw new Error(problemWords(problem).text);
  return URL.createObjectURL(picture);
}

function fail(problem) {
  const {title, text, again, key} = problemWords(problem);
  byId('failure-title').textContent = title;
  byId('failure-text').textContent = text;
  byId('again').hidden = !again;
  byId('key-form').hidden = !key;
  byId('failure').dataset.waits = problem.code === 'unreachable' && !navigator.onLine ? 'online' : '';
  show('failure', `${title} – magscan`);
  if (key) byId('key').focus();
}

function startOver() {
  photos.clear();
  byId('answer').replaceChildren();
  show('start');
}

function takeFiles(input) {
  input.addEventListener('change', () => {
    const files = [...input.files];
    input.value = ''; // the same file can be chosen again after it was removed
    addPhotos(files);
  });
}

function prepareDrop() {
  const drop = byId('drop');
  const has = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragover', (event) => {
    if (!has(event)) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && drop.classList.remove('over'));
  addEventListener('drop', (event) => {
    if (!has(event)) return;
    event.preventDefault();
    drop.classList.remove('over');
    addPhotos([...event.dataTransfer.files]);
  });
  addEventListener('paste', (event) => addPhotos([...(event.clipboardData?.files ?? [])]));
}

function prepareHistory() {
  addEventListener('popstate', ({state}) => {
    if (running) return running.abort();
    return show(state?.view === 'answer' && byId('answer').childElementCount > 0 ? 'answer' : 'start');
  });
  addEventListener(
    'online',
    () => byId('failure').dataset.waits === 'online' && !byId('failure').hidden && readPhotos(),
  );
  addEventListener('beforeprint', () => {
    for (const details of byId('answer').querySelectorAll('details')) details.open = true;
  });
}

prepareSettings();
takeFiles(byId('camera'));
takeFiles(byId('files'));
prepareDrop();
prepareHistory();
byId('read').addEventListener('click', readPhotos);
byId('again').addEventListener('click', readPhotos);
byId('cancel').addEventListener('click', () => running?.abort());
byId('change').addEventListener('click', () => show('start'));
byId('over').addEventListener('click', startOver);
byId('key-form').addEventListener('submit', (event) => {
  event.preventDefault();
  storeKey(byId('key').value.trim());
  byId('key').value = '';
  readPhotos();
});
document.body.dataset.view = 'start';
knowledge();
