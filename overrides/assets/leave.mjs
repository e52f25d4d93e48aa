/**
 * The exit, on every page. It makes the whole visit one history entry (each link within the site replaces the page
 * instead of adding one), and on leaving covers the screen at once, empties the page and replaces the page by a
 * neutral one, so that Back shows what was there before us. It keeps nothing and imports nothing. Paper shows
 * what is folded on the screen, also in browsers whose style sheets cannot unfold it.
 */

const SHIFT_PRESSES = 3;
const SHIFT_WINDOW_MS = 5000; // slower presses are ordinary typing

const exit = /** @type {HTMLAnchorElement} */ (document.getElementById('leave'));

/** The one place that empties: fields here, and the pages that hold more words empty themselves when they hear of it. */
function empty() {
  for (const form of document.forms) form.reset();
  dispatchEvent(new Event('leave'));
}

function leave() {
  document.documentElement.classList.add('left'); // the style hides everything; before any network
  empty();
  location.replace(exit.href);
}

/** @param {MouseEvent} event */
function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest('a');
  if (!link || event.defaultPrevented || !isPlainClick(event)) return;
  if (link === exit) {
    event.preventDefault();
    leave();
  } else if (link.origin === location.origin && !link.hasAttribute('download')) {
    event.preventDefault();
    location.replace(link.href);
  }
});

/** @type {number[]} */
let presses = [];
let isAlone = false; // Shift went down by itself and nothing else since: no capital letter, no other keyboard, no selection

/** @param {KeyboardEvent} event */
function isBareShift(event) {
  const others = ['Alt', 'AltGraph', 'Control', 'Meta', 'OS'];
  return event.key === 'Shift' && !event.isComposing && !others.some((key) => event.getModifierState(key));
}

function startOver() {
  isAlone = false;
  presses = [];
}

document.addEventListener('keydown', (event) => {
  if (!isBareShift(event)) startOver();
  else isAlone = true;
});
document.addEventListener('keyup', (event) => {
  if (!isAlone || !isBareShift(event)) return startOver();
  isAlone = false;
  presses = [...presses.slice(1 - SHIFT_PRESSES), event.timeStamp];
  if (presses.length === SHIFT_PRESSES && event.timeStamp - presses[0] < SHIFT_WINDOW_MS) leave();
});
for (const sign of ['pointerdown', 'wheel']) document.addEventListener(sign, startOver, { passive: true });

/** A menu that lies over the page closes when the keyboard goes on below it: nothing that has the focus stays hidden. */
document.addEventListener('focusin', ({ target }) => {
  if (!(target instanceof Element) || !target.closest('main, footer')) return;
  /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('.drawer')).forEach((drawer) => (drawer.checked = false));
  document.querySelector('.languages')?.removeAttribute('open');
});

addEventListener('pagehide', empty);
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('.folded')) part.setAttribute('open', '');
});
