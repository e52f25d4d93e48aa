/**
 * The list of municipalities: hides the lines that do not hold what was typed, in name, other name, code, or the name
 * of a place or a former municipality, and says so when none is left. Accents, apostrophes, brackets and spaces do not
 * count, and the province may stand behind the name. What is typed never leaves the page. The exit comes first and in
 * the same file: a fifth request would cost more than its bytes.
 */

import { bare } from './fold.mjs';
import './leave.mjs';
import { lookUp, say, typed } from './lookup.mjs';
import { called, unpack } from './named.mjs';

const former = /** @type {HTMLElement} */ (document.getElementById('find')).dataset.former;
const lines = [...document.querySelectorAll('#places li')].map((found) => {
  const line = /** @type {HTMLElement} */ (found);
  const link = /** @type {HTMLAnchorElement} */ (line.querySelector('a'));
  const also = line.appendChild(document.createElement('small'));
  return { line, also, text: bare(line.id + line.textContent), official: bare(link.text + link.dataset.in) };
});
const letters = /** @type {HTMLElement} */ (document.querySelector('.letters'));
const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#places section')]);

const MOST = 4; // names told behind a line

/** @param {string} text Latin among words that may run from right to left */
function latin(text) {
  return Object.assign(document.createElement('bdi'), { textContent: text });
}

/** @param {import('./named.mjs').Called[]} names of one municipality @returns {(string | Node)[]} those that were meant, and its province */
function told(names) {
  const shown = names.slice(0, MOST).map(({ name, isFormer }) => [' ', latin(name), isFormer ? ` (${former}) ·` : ' ·']);
  return [...shown.flat(), ' ', latin(names[0].province)];
}

/** @param {string} code */
const own = (code) => document.getElementById(code)?.querySelector('a')?.text ?? '';

/** @type {import('./named.mjs').Named[]} */
let names = [];

/** @param {string | null | undefined} text of all names; undefined while nobody knows whether it can be had */
function filter(text) {
  if (text && !names.length) names = unpack(text, own);
  const wanted = bare(typed());
  const found = wanted ? called(names, wanted) : new Map();
  const isSeveral = [...found.values()].filter((all) => all[0].isWhole).length > 1;
  for (const { line, also, text, official } of lines) {
    const isOwn = text.includes(wanted) || official.startsWith(wanted);
    const here = found.get(line.id);
    line.hidden = !isOwn && !here;
    const province = isSeveral && here?.[0].isWhole ? [' ', latin(here[0].province)] : [];
    also.replaceChildren(...(here && !isOwn ? told(here) : province));
  }
  for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
  const isLatin = !/[^\p{Script=Latin}\p{N}]/u.test(wanted);
  const isEmpty = sections.every((section) => section.hidden);
  say('none', isEmpty && isLatin && text !== undefined);
  say('latin', isEmpty && !isLatin);
  say('several', isSeveral);
  letters.hidden = !!wanted && !isEmpty; // what was found stands right below the field
}

lookUp('./names.js', filter);
