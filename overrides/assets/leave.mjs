/**
 * The exit, on every page. It makes the whole visit one history entry (each link within the site replaces the page
 * instead of adding one), and on leaving empties fields, page and screen before any network, and replaces the page by a
 * neutral one, so that Back shows what was there before us. It keeps nothing and imports nothing. Paper shows
 * what is folded on the screen, also in browsers whose style sheets cannot unfold it.
 */

const SHIFT_PRESSES = 3;
const SHIFT_PAUSE_MS = 5000; // as on GOV.UK: after a longer pause they count anew

const exit = /** @type {HTMLAnchorElement} */ (document.getElementById('leave'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** The one place that empties: fields here, and the pages that hold more words empty themselves when they hear of it. */
function empty() {
  for (const form of document.forms) form.reset();
  dispatchEvent(new Event('leave'));
}

let isLeft = false; // once: to be asked for again would hold up a neutral page that is slow

/** Nothing of the page is left but what tells a screen reader so, which no eye sees: a browser that keeps it keeps that. */
function leave() {
  if (isLeft) return;
  isLeft = true;
  empty();
  document.title = 'Info'; // as all titles of ours end: it stands in the tab until another page comes
  said.className = 'skip';
  said.setAttribute('role', 'alert');
  said.textContent = exit.textContent;
  document.body.replaceChildren(said);
  location.replace(exit.href);
}

/** @param {MouseEvent} event */
function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element && event.target.closest('a');
  if (!link || event.defaultPrevented) return;
  if (link.href === exit.href && event.button < 2) {
    event.preventDefault(); // in this tab, whatever is held down: a new one would leave our page in the old
    leave();
  } else if (isPlainClick(event) && link.origin === location.origin && !link.hasAttribute('download')) {
    event.preventDefault();
    location.replace(link.href);
  }
}
for (const sign of ['click', 'auxclick']) {
  document.addEventListener(sign, (event) => follow(/** @type {MouseEvent} */ (event)));
}

let presses = 0;
let pause = 0;
let isAlone = false; // Shift went down by itself and nothing else since: no capital letter, no other keyboard, no selection

/** @param {KeyboardEvent} event */
function isBareShift(event) {
  const others = ['Alt', 'AltGraph', 'Control', 'Meta', 'OS'];
  return event.key === 'Shift' && !event.isComposing && !others.some((key) => event.getModifierState(key));
}

/** Says how many presses are missing, in the button's own words and a figure: to eyes while it counts, to ears also when it starts over. */
function count(made = 0) {
  if (isLeft) return; // nothing shows on the blank screen
  presses = made;
  said.textContent = `${exit.textContent}: ${SHIFT_PRESSES - made} × Shift`;
  said.className = made ? 'skip now' : 'skip';
  clearTimeout(pause);
  if (made) pause = setTimeout(count, SHIFT_PAUSE_MS);
}

function startOver() {
  isAlone = false;
  if (presses) count();
}

document.addEventListener('keydown', (event) => {
  if (!isBareShift(event)) startOver();
  else isAlone = true;
});
document.addEventListener('keyup', (event) => {
  if (!isAlone || !isBareShift(event)) return startOver();
  isAlone = false;
  if (presses + 1 === SHIFT_PRESSES) leave();
  else count(presses + 1);
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
