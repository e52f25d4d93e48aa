/**
 * The list of municipalities: hides the lines that do not hold what was typed, in name, other name or code. Accents,
 * apostrophes and spaces do not count. Nothing leaves the page. The exit comes first and in the same file: a fifth
 * request would cost more than its bytes.
 */

import './leave.mjs';

const form = /** @type {HTMLFormElement} */ (document.getElementById('find')); // a form, so that the exit empties it
const part = /** @type {HTMLInputElement} */ (document.getElementById('part'));

/** @param {string} text */
function bare(text) {
  return text.normalize('NFD').replace(/[^a-z0-9]/gi, '').toLowerCase();
}

const lines = [...document.querySelectorAll('#places li')].map((line) => ({
  line: /** @type {HTMLElement} */ (line),
  text: bare(line.id + line.textContent),
}));
const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#places section')]);

form.hidden = false;
form.onsubmit = () => false;
form.oninput = () => {
  const wanted = bare(part.value);
  for (const { line, text } of lines) line.hidden = !text.includes(wanted);
  for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
};
