/**
 * A link within the site would take unsent words away, another language too: it is asked about first. It reads of the
 * fields only whether they were touched, and keeps nothing.
 */
import { onPress } from './press.mjs';
import { showPanel } from './sending.mjs';
import { beginning, element, focusOn } from './steps.mjs';

/** @param {HTMLFormElement} form */
function isTouched(form) {
  return /** @type {HTMLInputElement[]} */ ([...form.elements]).some(
    (field) => field.checked !== field.defaultChecked || (field.value ?? '') !== (field.defaultValue ?? ''),
  );
}

/** @param {MouseEvent} event @returns {string} where it would lead in this tab, '' if nowhere else */
function leadsTo({ target, ctrlKey, metaKey, shiftKey, altKey }) {
  const link = target instanceof Element && target.closest('a');
  const exit = /** @type {HTMLAnchorElement} */ (element('leave'));
  if (!link || !link.protocol.startsWith('http') || link.href === exit.href) return '';
  if (ctrlKey || metaKey || shiftKey || altKey) return '';
  return link.origin + link.pathname === location.origin + location.pathname ? '' : link.href;
}

/** @param {HTMLElement} page @param {HTMLFormElement} form whose words would be lost */
export function askBeforeLeaving(page, form) {
  let href = '';
  let panel = '';
  /** @param {MouseEvent} event */
  const ask = (event) => {
    const wanted = leadsTo(event);
    if (!wanted || !isTouched(form)) return;
    event.preventDefault(); // the exit's script lets it be then
    href = wanted;
    panel = page.querySelector('[data-panel]:not([hidden], #away)')?.id ?? panel;
    for (const menu of document.querySelectorAll('.languages')) menu.removeAttribute('open');
    /** @type {HTMLInputElement} */ (element('drawer')).checked = false;
    showPanel(page, 'away');
    focusOn(element('away').querySelector('h2'));
  };
  document.addEventListener('click', ask, true);
  onPress({
    stay: () => {
      showPanel(page, panel);
      focusOn(beginning(element(panel)));
    },
    go: () => location.replace(href),
  });
}
