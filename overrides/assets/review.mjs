/**
 * Reading back before sending: each answer in a row with its own button to change it, all that is not answered in one
 * row. It copies labels and answers within the page as text and sends nothing anywhere.
 */
import { isolated } from './bidi.mjs';
import { element } from './steps.mjs';

/** @typedef {import('./steps.mjs').Steps} Steps */

/** @param {Element} field @returns {string} the answer as she sees it in the form */
function answerOf(field) {
  const chosen = [...field.querySelectorAll('input:checked')].map((input) => labelOf(/** @type {any} */ (input)));
  const typed = [...field.querySelectorAll('textarea, select, input:not([type=radio]):not([type=checkbox])')];
  const texts = typed.map((input) => {
    const { value } = /** @type {HTMLInputElement} */ (input);
    return input instanceof HTMLSelectElement && value ? input.selectedOptions[0].text : value;
  });
  return [...chosen, ...texts].filter((text) => text.trim() !== '').join('\n');
}

/** @param {HTMLInputElement} input */
function labelOf(input) {
  return input.labels?.[0].querySelector('.label')?.textContent ?? '';
}

/** @param {Element} field @returns {string} what its question is called here */
function nameOf(field) {
  return /** @type {HTMLElement} */ (field).dataset.review ?? '';
}

/** @param {Element} field @param {Steps} steps @param {string} text in view; who hears it is told what is changed */
function changing(field, steps, text) {
  const change = document.createElement('button');
  change.type = 'button';
  change.className = 'link';
  change.textContent = text;
  change.setAttribute('aria-label', `${element('review').dataset.change}: ${nameOf(field)}`);
  change.addEventListener('click', () => steps.change(field));
  return change;
}

/** @param {string} heading @param {HTMLElement[]} parts @returns {HTMLElement} */
function row(heading, ...parts) {
  const made = document.createElement('div');
  made.append(Object.assign(document.createElement('dt'), { textContent: heading }), ...parts);
  return made;
}

/** @param {string} className @param {(Node | string)[]} parts @returns {HTMLElement} */
function said(className, ...parts) {
  const made = Object.assign(document.createElement('dd'), { className });
  made.append(...parts);
  return made;
}

/** @param {Element} field @param {Steps} steps @returns {HTMLElement} what she answered, with its button in the same row */
function answered(field, steps) {
  const text = said('answer', ...isolated(answerOf(field)));
  text.dir = 'auto';
  text.setAttribute('translate', 'no');
  return row(nameOf(field), text, said('change', changing(field, steps, element('review').dataset.change ?? '')));
}

/** @param {Element[]} fields @param {Steps} steps @returns {HTMLElement} all that she passed: each name leads to its question */
function passed(fields, steps) {
  const ways = fields.map((field) => changing(field, steps, nameOf(field)));
  return row(element('review').dataset.blank ?? '', said('passed', ...ways));
}

/** A long answer scrolls in its own row, and is reached by keyboard there. */
function reachLong() {
  for (const text of element('review').querySelectorAll('.answer')) {
    if (text.scrollHeight > text.clientHeight) /** @type {HTMLElement} */ (text).tabIndex = 0;
  }
}

/** @param {Steps} steps fills the last step from all the others */
export function showReview(steps) {
  const fields = [...steps.form.querySelectorAll('[data-review]:not([hidden])')];
  const blank = fields.filter((field) => answerOf(field) === '');
  const rows = fields.filter((field) => !blank.includes(field)).map((field) => answered(field, steps));
  if (blank.length > 0) rows.push(passed(blank, steps));
  element('review').replaceChildren(...rows);
  reachLong();
}
