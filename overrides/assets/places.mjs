/**
 * The list of municipalities: hides the lines that do not hold what was typed, in name, other name or code, and says so
 * when none is left. Accents, apostrophes, brackets and spaces do not count, and the province may stand behind the name.
 * Nothing leaves the page. The exit comes first and in the same file: a fifth request would cost more than its bytes.
 */

import './leave.mjs';

const form = /** @type {HTMLFormElement} */ (document.getElementById('find')); // a form, so that the exit empties it
const part = /** @type {HTMLInputElement} */ (document.getElementById('part'));

/** @param {string} text letters and digits of any script, without marks; wide letters of Asian keyboards are the narrow ones */
function bare(text) {
  return text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

const lines = [...document.querySelectorAll('#places li')].map((found) => {
  const line = /** @type {HTMLElement} */ (found);
  const link = /** @type {HTMLAnchorElement} */ (line.querySelector('a'));
  return { line, text: bare(line.id + line.textContent), official: bare(link.text + link.dataset.in) };
});
const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#places section')]);

/** @param {string} id @param {boolean} isShown */
function say(id, isShown) {
  /** @type {HTMLElement} */ (document.getElementById(id)).hidden = !isShown;
}

function filter() {
  const wanted = bare(part.value);
  for (const { line, text, official } of lines) line.hidden = !text.includes(wanted) && !official.startsWith(wanted);
  for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
  const isLatin = !/[^\p{Script=Latin}\p{N}]/u.test(wanted);
  const isEmpty = sections.every((section) => section.hidden);
  say('none', isEmpty && isLatin);
  say('latin', isEmpty && !isLatin);
}

form.hidden = false;
form.onsubmit = () => false;
form.oninput = filter;
// A letter leads to all that begin with it, whatever was typed before.
document.querySelector('.letters')?.addEventListener('click', () => {
  form.reset();
  filter();
});
