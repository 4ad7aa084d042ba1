'use strict';
// magscan for Node. The types and what each call does are in index.d.ts.
const native = require('./build/magscan.node');

class Scanner {
  #native;

  constructor(options = {}) {
    this.#native = new native.Scanner(options);
  }

  get hasDetector() {
    return this.#native.hasDetector;
  }

  async scan(photo, options = {}) {
    return JSON.parse(await this.scanJson(photo, options));
  }

  scanJson(photo, options = {}) {
    return this.#run([{ bytes: photo, name: options.name }], options);
  }

  async scanProduct(photos, options = {}) {
    if (photos.length < 2) throw usage('two to six photos make one product. Send that many');
    return JSON.parse(await this.#run(photos, options));
  }

  async #run(photos, options) {
    for (const photo of photos) {
      if (!(photo.bytes instanceof Uint8Array)) throw usage('a photo is no Buffer or Uint8Array');
    }
    const { signal } = options;
    signal?.throwIfAborted();
    const cancel = new Int32Array(1);
    const onAbort = () => Atomics.store(cancel, 0, 1);
    signal?.addEventListener('abort', onAbort);
    try {
      return await this.#native.scan(photos, options, cancel);
    } catch (error) {
      throw error.code === 'cancelled' && signal?.aborted ? signal.reason : error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}

function usage(message) {
  return Object.assign(new Error(message), { code: 'usage', photo: 0 });
}

const parse = (text, options = {}) => JSON.parse(native.parse(text, false, options));
const parsePage = (page, options = {}) => JSON.parse(native.parse(JSON.stringify(page), true, options));
const calc = (question) => JSON.parse(native.calc(question));

module.exports = { Scanner, parse, parsePage, calc, version: native.version };
