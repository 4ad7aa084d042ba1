// The photos of one product, before they are read: chosen, dropped, pasted or taken, shown small, removed.
import {el} from './dom.js';

export const kMaxPhotos = 6;
export const kMaxBytes = 15_000_000; // of all together, as they are sent: tools/service/options.h
const kMaxFileBytes = 40_000_000;

// Why a file can't be one of the photos, or null. The program looks at the bytes itself; this only saves the way there.
function refusal(file) {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.type && !file.type.startsWith('image/')) return `${file.name} is not a picture.`;
  if (file.size > kMaxFileBytes) {
    return `${file.name} has ${Math.ceil(file.size / 1e6)} MB. Photos of up to ${kMaxFileBytes / 1e6} MB are taken.`;
  }
  return null;
}

const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

export class Photos {
  #items = [];
  #onChange;

  // onChange(what is to be said of it, or an empty string) after each change.
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get items() {
    return this.#items;
  }

  add(files) {
    const said = [];
    let left = 0;
    for (const file of files) {
      const why = refusal(file);
      if (why) said.push(why);
      else if (this.#items.some((item) => same(item.file, file))) said.push(`${file.name} is already there.`);
      else if (this.#items.length === kMaxPhotos) ++left;
      else this.#items.push({file, url: URL.createObjectURL(file)});
    }
    if (left > 0)
      said.push(`Six photos of one product are read together; ${left === 1 ? 'one was' : `${left} were`} left out.`);
    this.#onChange(said.join(' '));
  }

  remove(index) {
    URL.revokeObjectURL(this.#items[index].url);
    this.#items.splice(index, 1);
    this.#onChange('');
  }

  clear() {
    for (const {url} of this.#items) URL.revokeObjectURL(url);
    this.#items = [];
    this.#onChange('');
  }
}

// A small picture; where the browser can't show the format, its name.
function thumbnail({file, url}, index) {
  const image = el('img', {
    src: url,
    alt: `Photo ${index + 1}: ${file.name}`,
    width: 96,
    height: 96,
    decoding: 'async',
  });
  image.addEventListener('error', () => image.replaceWith(el('span', {class: 'nameless'}, file.name)));
  return image;
}

// Fills a list with the photos; with onRemove(index) each can be taken away.
export function showPhotos(list, items, onRemove = null) {
  list.replaceChildren(
    ...items.map((item, index) =>
      el(
        'li',
        {},
        thumbnail(item, index),
        onRemove &&
          el(
            'button',
            {
              type: 'button',
              class: 'remove',
              'aria-label': `Remove photo ${index + 1}, ${item.file.name}`,
              onclick: () => onRemove(index),
            },
            el('span', {'aria-hidden': 'true'}, '×'),
          ),
      ),
    ),
  );
}
