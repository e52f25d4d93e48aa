/**
 * The exit, on every page. It makes the whole visit one history entry (each link within the site replaces the page
 * instead of adding one), and on leaving covers the screen at once, empties every field and replaces the page by a
 * neutral one, so that Back shows what was there before us. It keeps nothing and imports nothing. Paper shows
 * what is folded on the screen, also in browsers whose style sheets cannot unfold it.
 */

const SHIFT_PRESSES = 3;
const SHIFT_WINDOW_MS = 5000; // slower presses are ordinary typing

const exit = /** @type {HTMLAnchorElement} */ (document.getElementById('leave'));

function emptyFields() {
  for (const form of document.forms) form.reset();
}

function leave() {
  document.documentElement.classList.add('left'); // the style hides everything; before any network
  emptyFields();
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
let isAlone = false; // Shift went down and no other key since: not used for a capital letter

document.addEventListener('keydown', (event) => {
  isAlone = event.key === 'Shift';
  if (!isAlone) presses = [];
});
document.addEventListener('keyup', (event) => {
  if (event.key !== 'Shift' || !isAlone) return;
  presses = [...presses.slice(1 - SHIFT_PRESSES), event.timeStamp];
  if (presses.length === SHIFT_PRESSES && event.timeStamp - presses[0] < SHIFT_WINDOW_MS) leave();
});

addEventListener('pagehide', emptyFields);
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('.folded')) part.setAttribute('open', '');
});
