// The photos with the words outlined on which the facts rest. Choosing a fact goes to its words and darkens the rest;
// tapping words chooses their fact. The photo can be pushed about and brought closer.
import {el, prefersStill, svg} from './dom.js';
import {boxOf, distanceTo, firstPlace} from './facts.js';

const kReach = 22; // CSS pixels around words in which a tap means them
const kRoom = {width: 0.94, height: 0.5}; // how much of the window the chosen words and their numbers may fill
const kClosest = 3; // CSS pixels a photo's pixel at most
const kStep = 1.6;
const kBadge = 26;
const kGlideMs = 320;

const pointsOf = (polygon) => polygon.map(([x, y]) => `${x},${y}`).join(' ');

export class Viewer {
  #images;
  #urls;
  #facts;
  #onChoose;
  #current = 0; // which photo is shown
  #chosen = null; // {fact, image}
  #scale = 0; // CSS pixels a photo's pixel
  #unshown = new Set(); // photos in a format that the browser can't show

  #onMarked;

  // images: report.source.images; urls: of the photos, in the same order; onChoose(index of a fact or null);
  // onMarked(): a promise of an address of the photos as the program itself marks them.
  constructor({images, urls, facts, onChoose, onMarked}) {
    this.#images = images;
    this.#urls = urls;
    this.#facts = facts;
    this.#onChoose = onChoose;
    this.#onMarked = onMarked;
    this.#current = facts.map(firstPlace).find(Boolean)?.image ?? 0;
    this.#build();
    this.#show();
  }

  #build() {
    this.tabs = this.#images.map((image, index) =>
      el('button', {type: 'button', onclick: () => this.#turnTo(index)}, `Photo ${index + 1}`),
    );
    this.photo = el('img', {alt: '', decoding: 'async', draggable: 'false'});
    this.marks = svg('svg', {'aria-hidden': 'true'});
    this.badges = el('div', {class: 'badges'});
    this.stage = el('div', {class: 'stage'}, this.photo, this.marks, this.badges);
    this.window = el(
      'div',
      {class: 'window', tabindex: '0', role: 'group', onclick: (event) => this.#tap(event)},
      this.stage,
    );
    this.missing = el('div', {class: 'hint missing', hidden: true});
    const whole = el('button', {type: 'button', onclick: () => this.#onChoose(null)}, 'Whole photo');
    const closer = el('button', {type: 'button', 'aria-label': 'Closer', onclick: () => this.#zoomBy(kStep)}, '+');
    const farther = el(
      'button',
      {type: 'button', 'aria-label': 'Farther', onclick: () => this.#zoomBy(1 / kStep)},
      '−',
    );
    this.element = el(
      'figure',
      {class: 'viewer'},
      this.tabs.length > 1 && el('div', {class: 'tabs', role: 'group', 'aria-label': 'Photos'}, this.tabs),
      this.window,
      this.missing,
      el('figcaption', {class: 'tools'}, whole, farther, closer),
    );
    this.photo.addEventListener('error', () => {
      this.#unshown.add(this.#current);
      this.#missPicture();
    });
    new ResizeObserver(() => this.#fit()).observe(this.window);
  }

  get #size() {
    return this.#images[this.#current];
  }

  // Puts the current photo and its outlines up.
  #show() {
    const {width, height, name} = this.#size;
    this.tabs.forEach((tab, index) => tab.setAttribute('aria-pressed', String(index === this.#current)));
    this.missing.hidden = true;
    this.stage.classList.remove('blank');
    if (this.#unshown.has(this.#current)) this.#missPicture();
    const url = this.#urls[this.#current];
    if (this.photo.getAttribute('src') !== url) this.photo.src = url;
    this.photo.alt = `Photo ${this.#current + 1}: ${name}`;
    this.window.setAttribute('aria-label', `Photo ${this.#current + 1}, ${name}; the words are marked by number`);
    this.marks.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const shade = `shade-${this.#current}`;
    const outlines = this.#here().map(({fact, mark}) =>
      svg(
        'g',
        {class: `mark ${this.#facts[fact].kind}`, 'data-fact': fact},
        svg('polygon', {class: 'halo', points: pointsOf(mark.polygon)}),
        svg('polygon', {class: 'line', points: pointsOf(mark.polygon)}),
      ),
    );
    const chosen = this.#here().filter(({fact}) => fact === this.#chosen?.fact);
    const holes = chosen.map(({mark}) =>
      svg('polygon', {
        points: pointsOf(mark.polygon),
        fill: '#000',
        stroke: '#000',
        'stroke-width': Math.max(width, height) / 100,
        'stroke-linejoin': 'round',
      }),
    );
    this.marks.replaceChildren(
      svg('mask', {id: shade}, svg('rect', {width, height, fill: '#fff'}), holes),
      svg('rect', {class: chosen.length ? 'shade on' : 'shade', width, height, mask: `url(#${shade})`}),
      ...outlines,
    );
    for (const outline of outlines)
      outline.classList.toggle('chosen', Number(outline.dataset.fact) === this.#chosen?.fact);
    this.#fit();
  }

  // The marks on the current photo.
  #here() {
    return this.#facts.flatMap(({marks}, fact) =>
      marks.filter((mark) => mark.polygon && mark.image === this.#current).map((mark) => ({fact, mark})),
    );
  }

  #fitScale() {
    const {width, height} = this.#size;
    return Math.min(this.window.clientWidth / width, this.window.clientHeight / height);
  }

  // Sets the scale again after the window changed its size: the whole photo, or the chosen words.
  #fit() {
    if (this.window.clientWidth === 0) return;
    const box = this.#chosenBox();
    if (box) this.#goTo(box, false);
    else this.#setScale(this.#fitScale());
  }

  #setScale(scale) {
    const {width, height} = this.#size;
    this.#scale = scale;
    this.stage.style.width = `${width * scale}px`;
    this.stage.style.height = `${height * scale}px`;
    this.#placeBadges();
  }

  #chosenBox() {
    const polygons = this.#here()
      .filter(({fact}) => fact === this.#chosen?.fact)
      .map(({mark}) => mark.polygon);
    return polygons.length ? boxOf(polygons) : null;
  }

  #scaleFor(box) {
    const {clientWidth, clientHeight} = this.window;
    const filling = Math.min(
      (clientWidth * kRoom.width - 2 * kBadge) / box.width,
      (clientHeight * kRoom.height) / box.height,
    );
    return Math.max(this.#fitScale(), Math.min(filling, kClosest));
  }

  // Brings a box of the photo into the middle of the window.
  #goTo(box, glide = true) {
    const before = this.stage.getBoundingClientRect();
    this.#setScale(this.#scaleFor(box));
    this.#centre(box.x + box.width / 2, box.y + box.height / 2);
    if (glide) this.#glideFrom(before);
  }

  #centre(x, y) {
    this.window.scrollLeft = x * this.#scale - this.window.clientWidth / 2;
    this.window.scrollTop = y * this.#scale - this.window.clientHeight / 2;
  }

  // The stage is where it has to be; it is shown coming from where it was.
  #glideFrom(before) {
    if (prefersStill()) return;
    const after = this.stage.getBoundingClientRect();
    if (!after.width || !before.width) return;
    const [x, y] = [before.left - after.left, before.top - after.top];
    const from = `translate(${x}px, ${y}px) scale(${before.width / after.width})`;
    this.stage.animate([{transform: from}, {transform: 'none'}], {
      duration: kGlideMs,
      easing: 'cubic-bezier(.2, .7, .2, 1)',
    });
  }

  #zoomBy(factor) {
    const {scrollLeft, scrollTop, clientWidth, clientHeight} = this.window;
    const x = (scrollLeft + clientWidth / 2) / this.#scale;
    const y = (scrollTop + clientHeight / 2) / this.#scale;
    const before = this.stage.getBoundingClientRect();
    this.#setScale(Math.max(this.#fitScale(), Math.min(this.#scale * factor, kClosest)));
    this.#centre(x, y);
    this.#glideFrom(before);
  }

  // A number at the start of each fact's words, side by side where they would lie on each other.
  #placeBadges() {
    const placed = [];
    const {width, height} = this.#size;
    const nodes = this.#here().map(({fact, mark}) => {
      const box = boxOf([mark.polygon]);
      let [x, y] = [box.x * this.#scale - kBadge - 4, (box.y + box.height / 2) * this.#scale];
      if (x < kBadge / 2)
        [x, y] = [Math.max(2, box.x * this.#scale), Math.max(kBadge / 2, box.y * this.#scale - kBadge / 2 - 2)];
      while (placed.some((other) => Math.abs(other.x - x) < kBadge && Math.abs(other.y - y) < kBadge)) x += kBadge + 2;
      placed.push({x, y});
      const badge = el('span', {class: `badge ${this.#facts[fact].kind}`, 'aria-hidden': 'true'}, String(fact + 1));
      badge.classList.toggle('chosen', fact === this.#chosen?.fact);
      badge.style.left = `${(100 * x) / (width * this.#scale)}%`; // so that they keep their places on paper
      badge.style.top = `${(100 * y) / (height * this.#scale)}%`;
      return badge;
    });
    this.badges.replaceChildren(...nodes);
  }

  #tap(event) {
    const {left, top} = this.stage.getBoundingClientRect();
    const point = [(event.clientX - left) / this.#scale, (event.clientY - top) / this.#scale];
    const near = this.#here()
      .map(({fact, mark}) => ({fact, away: distanceTo(mark.polygon, point) * this.#scale}))
      .filter(({away}) => away <= kReach)
      .sort((a, b) => a.away - b.away);
    if (near.length > 0) this.#onChoose(near[0].fact, this.#current);
  }

  #turnTo(index) {
    this.#current = index;
    this.#show();
    if (!this.#chosenBox()) this.#setScale(this.#fitScale());
  }

  // Shows a fact's words (on a given photo, or the first that has them); null: the whole photo and no fact.
  choose(fact, image = null) {
    const before = this.stage.getBoundingClientRect();
    const turned = this.#current;
    this.#chosen = fact === null ? null : {fact};
    const place = fact === null ? null : firstPlace(this.#facts[fact]);
    if (place) this.#current = image ?? (this.#here().some((mark) => mark.fact === fact) ? this.#current : place.image);
    this.#show();
    if (turned === this.#current) this.#glideFrom(before);
  }

  // The browser can't show the format: the words stand on blank paper where they were read.
  #missPicture() {
    this.stage.classList.add('blank');
    const format = this.#size.format.toUpperCase();
    const marked = el(
      'button',
      {type: 'button', class: 'button', onclick: () => this.#showMarked(marked)},
      'Show the marked picture',
    );
    this.missing.replaceChildren(
      el('p', {}, `This browser cannot show ${format} pictures. The outlines stand where the words were read.`),
      marked,
    );
    this.missing.hidden = false;
  }

  // The picture that the program draws takes the place of the outlines.
  async #showMarked(button) {
    button.disabled = true;
    button.textContent = 'Reading it again';
    try {
      const address = await this.#onMarked();
      this.window.replaceChildren(el('img', {class: 'marked', src: address, alt: 'The photos with the words marked'}));
      this.element.querySelector('.tools').remove();
      this.missing.hidden = true;
    } catch (error) {
      this.missing.replaceChildren(el('p', {}, error.message));
    }
  }
}
