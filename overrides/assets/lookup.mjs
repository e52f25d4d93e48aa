/**
 * A field that looks something up in a file of this site. The file is asked for once, when the field is first used:
 * opening the page tells nobody that something is looked for, and using it tells no more than that. It is a module
 * and no data that is fetched, so that the policy of reading pages, which lets no script talk to anybody, stays whole.
 */

const field = /** @type {HTMLInputElement} */ (document.getElementById('part'));
const form = /** @type {HTMLFormElement} */ (field.form); // a form, so that the exit empties it
const main = /** @type {HTMLElement} */ (field.closest('main')); // also once the exit took it off the screen

/** @param {string} id @param {boolean} isShown */
export function say(id, isShown) {
  /** @type {HTMLElement} */ (main.querySelector(`#${id}`)).hidden = !isShown;
}

/** What was typed. */
export const typed = () => field.value;

/**
 * Shows the field. `show` is called whenever something else stands in it, and when the file is there: with what the
 * file holds, with undefined before, or with null when it could not be had.
 * @template T @param {string} address @param {(found: T | null | undefined) => void} show
 */
export function lookUp(address, show) {
  /** @type {T | null | undefined} */
  let found;
  let isAsked = false;
  const ask = async () => {
    if (isAsked) return;
    isAsked = true; // once: browsers do not agree on what asking again for a module that failed does
    try {
      found = (await import(address)).default;
    } catch {
      found = null;
    }
    say('failed', !found);
    show(found);
  };
  form.onsubmit = () => false;
  form.oninput = () => {
    ask();
    show(found);
  };
  field.onfocus = ask;
  addEventListener('leave', () => show(found)); // the exit has emptied the field: what was found goes too
  form.hidden = false;
}
