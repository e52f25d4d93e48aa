/**
 * An open tab on the form and the answer page: covered after minutes without use, by the wall's clock, since a timer
 * stands still while a phone sleeps. One press brings everything back; only after hours is the page emptied. It knows
 * no words, and counts nothing down in view.
 */
import { isAtWork } from './press.mjs';
import { beginning, element } from './steps.mjs';

const LOOK_MS = 5000;
const USES = ['pointerdown', 'touchmove', 'wheel', 'scroll', 'keydown', 'input'];

/** @param {HTMLElement} page carries the minutes and the hours that its first words name @param {() => void} empty */
export function coverWhenIdle(page, empty) {
  const { dataset } = page;
  const coverMs = Number(dataset.minutes) * 60_000;
  const emptyMs = Number(dataset.hours) * 3_600_000;
  const cover = element('cover');
  let used = Date.now();
  /** @type {Element | null} */
  let focused = null;

  /** @param {boolean} isCovered */
  const put = (isCovered) => {
    cover.hidden = !isCovered;
    document.documentElement.classList.toggle('covered', isCovered);
  };
  const look = () => {
    const now = Date.now();
    if (used > now) used = now; // the clock was put back
    if (isAtWork()) used = Math.max(used, now - coverMs); // words under way are not taken from her
    const idle = now - used;
    if (idle >= emptyMs && used) {
      empty();
      focused = null;
      used = 0; // once
    }
    if (idle < coverMs || !cover.hidden) return;
    focused ??= document.activeElement;
    put(true);
    cover.focus();
  };
  const use = () => {
    look(); // before the clock starts anew: after sleep this may be the first to happen
    if (cover.hidden) used = Date.now();
  };

  cover.addEventListener('click', () => {
    used = Date.now();
    put(false);
    // Not to a button: the next Enter would press it. Nor to what is gone: the page may have been emptied.
    const panel = /** @type {HTMLElement} */ (page.querySelector('[data-panel]:not([hidden])') ?? page);
    const isField = focused?.matches('input, textarea, select') && panel.contains(focused);
    const back = isField ? /** @type {HTMLElement} */ (focused) : beginning(panel);
    if (!isField) back.tabIndex = -1;
    back.focus({ preventScroll: !isField }); // the place on the page stays
    focused = null;
  });
  for (const sign of USES) document.addEventListener(sign, use, { capture: true, passive: true });
  for (const sign of ['focus', 'pageshow']) addEventListener(sign, look);
  document.addEventListener('visibilitychange', look);
  setInterval(look, LOOK_MS);
}
