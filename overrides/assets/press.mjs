/**
 * Presses on the form and the answer page: one press is one act. Ignored are the second click of a double click, clicks
 * that follow at once where a press has just changed what lies under the finger, Enter held down, and every press while
 * an act is under way. The way out is never held back. It knows no words.
 */
import { element } from './steps.mjs';

const CALM_MS = 500; // the usual time of a double click
const NEAR_PX = 48; // what a finger trembles

let isBusy = false;
let last = { at: -CALM_MS, x: 0, y: 0 };
/** @type {EventTarget | null} */
let began = null; // where Enter went down

/** @returns {boolean} whether an act is under way */
export function isAtWork() {
  return isBusy;
}

/** @param {Event} event */
function ignore(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {MouseEvent} event `detail` is 0 where no pointer pressed */
function onClick(event) {
  const { detail, clientX: x, clientY: y, target } = event;
  if (detail === 0 || !(target instanceof Element) || target.closest('#leave')) return;
  const isNear = Math.hypot(x - last.x, y - last.y) < NEAR_PX && performance.now() - last.at < CALM_MS;
  if (detail > 1 || isNear) ignore(event);
  if (isNear || target.closest('button, summary, a')) last = { at: performance.now(), x, y }; // what changes the page
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  last.at = -CALM_MS; // whoever types has taken her finger off
  if (event.key !== 'Enter') return;
  if (!event.repeat) began = event.target;
  else if (event.target !== began || !(began instanceof HTMLTextAreaElement)) ignore(event);
}

/** Before anything else on the page hears of a press. */
export function calm() {
  document.addEventListener('click', onClick, true);
  document.addEventListener('keydown', onKey, true);
}

/** @param {Record<string, () => unknown>} acts by the id of their button, which says that it works until they are done */
export function onPress(acts) {
  for (const [id, act] of Object.entries(acts)) {
    const button = element(id);
    button.addEventListener('click', async ({ detail }) => {
      if (isBusy) return;
      isBusy = true;
      button.setAttribute('aria-busy', 'true');
      try {
        await act();
      } finally {
        isBusy = false;
        button.removeAttribute('aria-busy');
        if (detail) last.at = performance.now(); // what lies there now came only now
      }
    });
  }
}
