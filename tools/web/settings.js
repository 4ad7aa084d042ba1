// For whom and where, remembered in this browser. What can't be stored (a private window) holds for the page.
import {byId} from './dom.js';

const kStore = 'magscan.settings';
const kKeyStore = 'magscan.key';

function attempt(what) {
  try {
    return what();
  } catch {
    return null;
  }
}

const fields = () => byId('settings').elements;
const isAge = (field) => field.value !== '' && field.validity.valid;

function stored() {
  const parsed = attempt(() => JSON.parse(localStorage.getItem(kStore)));
  return parsed && typeof parsed === 'object' ? parsed : {};
}

function whoWords({who, age, sex}) {
  if (who === 'pregnant') return 'in pregnancy';
  if (who === 'lactating') return 'while breast-feeding';
  if (who !== 'age' || age === '') return 'for an adult';
  const person = sex === 'f' ? 'a girl or woman' : sex === 'm' ? 'a boy or man' : 'a person';
  return `for ${person} of ${age} years`;
}

function refresh() {
  const {who, age, sex, place} = fields();
  byId('by-age').hidden = who.value !== 'age';
  const where = place.selectedOptions[0]?.textContent ?? 'all places';
  byId('whom-now').textContent =
    `${whoWords({who: who.value, age: isAge(age) ? age.value : '', sex: sex.value})}, ${where}`;
}

export function prepareSettings() {
  const {who, age, sex, place} = fields();
  const kept = stored();
  for (const [field, value] of [
    [who, kept.who],
    [age, kept.age],
    [sex, kept.sex],
    [place, kept.place],
  ]) {
    if (typeof value === 'string') field.value = value;
  }
  if (!who.value) who.value = 'adult';
  if (place.selectedIndex < 0) place.value = '';
  if (sex.selectedIndex < 0) sex.value = '';
  byId('settings').addEventListener('input', () => {
    const kept = {who: who.value, age: age.value, sex: sex.value, place: place.value};
    attempt(() => localStorage.setItem(kStore, JSON.stringify(kept)));
    refresh();
  });
  byId('settings').addEventListener('submit', (event) => event.preventDefault());
  refresh();
}

// The fields that go with the photos: {profile, jurisdiction}, empty where nothing is said.
export function chosenSettings() {
  const {who, age, sex, place} = fields();
  let profile = who.value === 'adult' ? '' : who.value;
  if (who.value === 'age') {
    profile = [isAge(age) && `age=${age.value}`, sex.value && `sex=${sex.value}`].filter(Boolean).join(',');
  }
  return {profile, jurisdiction: place.value};
}

let key = null; // where the browser stores nothing

export const storedKey = () => attempt(() => sessionStorage.getItem(kKeyStore)) ?? key;

export function storeKey(value) {
  key = value;
  attempt(() => sessionStorage.setItem(kKeyStore, value));
}
