// The reasons of the rules and the titles of the sources that a report names by their ids: the program's own data
// files.

import {el} from './dom.js';

const kPatienceMs = 2000; // an answer is not held up by them

async function rows(file, key) {
  const response = await fetch(file, {signal: AbortSignal.timeout(kPatienceMs)});
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Map((await response.json())[key].map((row) => [row.id, row]));
}

let loading = null;

// {rules, sources}: Maps by id; empty ones where they can't be had, and then ids are shown as they are.
export function knowledge() {
  loading ??= Promise.all([rows('rules.json', 'rules'), rows('sources.json', 'sources')])
    .then(([rules, sources]) => ({rules, sources}))
    .catch(() => {
      loading = null; // the next answer tries again
      return {rules: new Map(), sources: new Map()};
    });
  return loading;
}

const link = (address, text) => el('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, text);

// A source by its id: its title, linked where it has a web address.
function named(source) {
  const address = source.where?.match(/^https:\/\/\S+/)?.[0];
  return address ? link(address, source.title) : source.title;
}

// A source in words: the web addresses in it become links.
function linked(text) {
  return text
    .split(/(https:\/\/[^\s)]+)/)
    .map((part, index) => (index % 2 === 1 ? link(part, new URL(part).hostname) : part));
}

// Makes "Sources: a; b" of ids or of sources in words; null for none.
export function sourceWriter({sources}) {
  return (ids) => {
    const given = (ids ?? []).filter(Boolean);
    if (given.length === 0) return null;
    const items = given.map((id, index) => [index > 0 && '; ', sources.has(id) ? named(sources.get(id)) : linked(id)]);
    return el('span', {class: 'sources'}, given.length > 1 ? 'Sources: ' : 'Source: ', items);
  };
}

// Sources that would be in the way of what they are of.
export const whence = (...children) =>
  el('details', {class: 'whence'}, el('summary', {}, 'Where these come from'), children);
