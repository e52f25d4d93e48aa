/**
 * The list of all pages: looks up what was typed in an index of titles, headings and words that people use, and shows
 * the pages that fit best. What is typed stays in its field: not in the address, in no request, and nowhere afterwards.
 */

import './leave.mjs';
import { lookUp, say, typed } from './lookup.mjs';
import { prepare, rank } from './ranking.mjs';

const form = /** @type {HTMLElement} */ (document.getElementById('find'));
const results = /** @type {HTMLElement} */ (document.getElementById('results'));
const count = /** @type {HTMLElement} */ (document.getElementById('count'));

/** @param {import('./ranking.mjs').Found} found */
function line({ path, title, language, said, id, heading }) {
  const link = document.createElement('a');
  link.href = `../${path}${id && `#${id}`}`;
  link.textContent = heading ? `${title}: ${heading}` : title;
  if (language) Object.assign(link, { lang: language, dir: 'ltr' }); // a page that is not translated
  const item = document.createElement('li');
  item.append(link);
  if (said) item.append(Object.assign(document.createElement('span'), { className: 'hint', textContent: said }));
  return item;
}

/** @type {import('./ranking.mjs').Known[] | undefined} */
let index;

/** @param {import('./ranking.mjs').Row[] | null | undefined} rows */
function show(rows) {
  index = index ?? (rows ? prepare(rows) : undefined);
  const found = index ? rank(index, typed()) : [];
  results.replaceChildren(...found.map(line));
  count.textContent = String(found.length);
  say('some', found.length > 0);
  say('none', !!index && !found.length && typed().trim().length > 1);
}

lookUp(/** @type {string} */ (form.dataset.index), show);
