/**
 * Step 9, what an opened board says under one code, shown as text in the direction of its language. It takes the same way
 * for a code that nobody ever used and for one without an answer, and knows no key and no network.
 */
import { isolated } from './bidi.mjs';
import { day } from './figures.mjs';
import { element } from './steps.mjs';

const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']; // whatever script the first word is in

/** @typedef {Awaited<ReturnType<typeof import('./board.mjs').openBoard>>} Reading */
/** @typedef {import('./replies.mjs').Reply} Reply */

/** @param {string} attribute @param {string[]} names shows the sentences with these names, hides the others */
export function showOnly(attribute, names) {
  for (const line of document.querySelectorAll(`[data-${attribute}]`)) {
    /** @type {HTMLElement} */ (line).hidden = !names.includes(line.getAttribute(`data-${attribute}`) ?? '');
  }
}

/** @param {string} iso @returns {string} as the page writes days */
const inWords = (iso) => day(element('dates').dataset.days ?? '', iso);

/** @param {string} id @param {string} iso */
function showDay(id, iso) {
  const time = /** @type {HTMLTimeElement} */ (element(id));
  time.dateTime = iso;
  time.textContent = inWords(iso);
}

/** @param {string} tag @param {string} text */
function made(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}

/**
 * @param {Reply} reply @param {number} epoch of the board, after which a notice has less time left
 * @returns {HTMLElement} what the desk wrote, or the fixed sentence for a status or a notice
 */
function bodyOf({ kind, text, language, due }, epoch) {
  const soon = due > 0 && due < epoch + 2 ? '-soon' : '';
  if (kind !== 'answer') return made('p', element(`${kind}-${text}${soon}`).textContent ?? '');
  const words = document.createElement('p');
  words.append(...isolated(text));
  words.lang = language;
  words.dir = RIGHT_TO_LEFT.includes(language.slice(0, 2)) ? 'rtl' : 'ltr';
  words.className = 'answer';
  return words;
}

/** @param {Reply} reply @param {number} epoch */
function article(reply, epoch) {
  const shown = document.createElement('article');
  const heading = element('answers').dataset[reply.kind === 'answer' ? 'answer' : 'status'] ?? '';
  const kind = made('h3', heading);
  kind.setAttribute('translate', 'yes'); // a label among what the desk says to her
  shown.append(kind, made('p', inWords(reply.written)), bodyOf(reply, epoch));
  return shown;
}

/** @param {Reading} reading */
export function showReading(reading) {
  showOnly('state', [reading.state]);
  showOnly('found', [
    ...(reading.acknowledged ? ['acknowledged'] : []),
    ...(reading.broken ? ['broken'] : []),
    ...(reading.replies.length === 0 && !reading.broken ? ['nothing'] : []),
  ]);
  showDay('published', reading.published);
  showDay('next-board', reading.next);
  element('dates').hidden = false;
  const all = document.createElement('div'); // put there at once: one write, however many there are
  all.append(...reading.replies.map((reply) => article(reply, reading.epoch)));
  element('answers').replaceChildren(all);
}

/** @param {string} state the board could not be read: says why, and shows nothing of another reading */
export function showTrouble(state) {
  showOnly('state', [state]);
  showOnly('found', []);
  element('dates').hidden = true;
  element('answers').replaceChildren();
}
