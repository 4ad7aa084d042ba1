// The reasons of the rules and the titles of the sources that a report names by their ids: the program's own data files.

const kPatienceMs = 2000;  // an answer is not held up by them

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
      loading = null;  // the next answer tries again
      return {rules: new Map(), sources: new Map()};
    });
  return loading;
}

// Only a web address becomes a link.
export function addressOf(source) {
  const first = (source?.where ?? '').split(/\s/)[0];
  return /^https:\/\/[^\s]+$/.test(first) ? first : null;
}
