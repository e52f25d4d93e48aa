/**
 * Reading back before sending: each answer with its own button to change it. It copies labels and answers within the page
 * as text and sends nothing anywhere.
 */
import { isolated } from './bidi.mjs';
import { element, focusOn } from './steps.mjs';

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

/** @param {Element} field @param {Steps} steps @param {string} changeText @returns {HTMLElement[]} */
function entry(field, steps, changeText) {
  const term = document.createElement('dt');
  term.textContent = /** @type {HTMLElement} */ (field).dataset.review ?? '';
  const answer = document.createElement('dd');
  const text = document.createElement('p');
  text.dir = 'auto';
  text.className = 'answer';
  text.append(...isolated(answerOf(field) || element('review').dataset.blank || ''));
  const change = document.createElement('button');
  change.type = 'button';
  change.className = 'link';
  change.textContent = changeText;
  change.setAttribute('aria-label', `${changeText}: ${term.textContent}`);
  change.addEventListener('click', () => {
    steps.show(steps.indexOf(field), false);
    focusOn(field.querySelector('input, textarea, select'));
  });
  answer.append(text, change);
  return [term, answer];
}

/** @param {Steps} steps fills the last step from all the others */
export function showReview(steps) {
  const list = element('review');
  const fields = [...steps.form.querySelectorAll('[data-review]:not([hidden])')];
  list.replaceChildren(...fields.flatMap((field) => entry(field, steps, list.dataset.change ?? '')));
}
