/**
 * The form's own steps: one question in view, Back and Next inside the document (no history), and what is wrong shown at
 * the field and in a summary that takes focus. It moves and marks what stands in the page; it never reads the words.
 */

export class Steps {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.steps = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('.step')]);
    this.at = 0;
    this.isLocked = false; // while a complaint is under way
    this.isChanging = false; // one answer, from reading back
  }

  get isFirst() {
    return this.at === 0;
  }

  get isLast() {
    return this.at === this.steps.length - 1;
  }

  /** Where Next leads: who changes one answer is not asked all others again. */
  get next() {
    return this.isChanging ? this.steps.length - 1 : this.at + 1;
  }

  /** @param {Element} field that reading back leads to, to be answered anew */
  change(field) {
    if (this.isLocked) return;
    this.show(this.indexOf(field), false);
    this.isChanging = true;
    focusOn(field.querySelector('input, textarea, select'));
  }

  /** @param {number} index @param {boolean} [moveFocus] */
  show(index, moveFocus = true) {
    if (this.isLocked) return;
    if (index !== this.at) this.isChanging = false;
    this.at = Math.max(0, Math.min(index, this.steps.length - 1));
    this.steps.forEach((step, i) => {
      step.hidden = i !== this.at;
    });
    this.#showProgress();
    if (!moveFocus) return;
    const heading = this.steps[this.at].querySelector('h2');
    if (!this.isFirst) heading?.setAttribute('aria-describedby', 'progress'); // it stands above what takes the focus
    focusOn(heading);
    this.form.scrollIntoView({ block: 'start' }); // the progress stands above the heading
  }

  #showProgress() {
    element('step-at').textContent = String(this.at);
    element('step-count').textContent = String(this.steps.length - 1); // the first is no question
    element('progress').hidden = this.isFirst;
    element('back').hidden = this.isFirst;
    element('about').hidden = !this.isFirst;
    element('next').hidden = this.isLast;
    element('send').hidden = !this.isLast;
  }

  /** @param {Element} inner @returns {number} the step that holds it */
  indexOf(inner) {
    return this.steps.findIndex((step) => step.contains(inner));
  }

  /**
   * @param {string[]} problems names of `problem-NAME` elements
   * @param {boolean} [moveFocus]
   * @returns {boolean} whether there were any
   */
  showProblems(problems, moveFocus = true) {
    for (const shown of this.form.querySelectorAll('.field-error')) mark(shown, false);
    const found = problems.map((name) => element(`problem-${name}`));
    for (const problem of found) mark(problem, true);
    const summary = element('errors');
    summary.hidden = found.length === 0;
    element('error-list').replaceChildren(...found.map((problem) => this.#summaryLine(problem)));
    if (found.length > 0 && moveFocus) focusOn(summary);
    return found.length > 0;
  }

  /** @param {() => string[]} problems what she mended goes from the summary too */
  mend(problems) {
    if (mended(this.form, problems).length > 0) this.showProblems(shownIn(this.form), false);
  }

  /** @param {HTMLElement} problem */
  #summaryLine(problem) {
    const line = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link';
    button.textContent = problem.textContent;
    button.addEventListener('click', () => {
      this.show(this.indexOf(problem), false);
      focusOn(element(/** @type {string} */ (problem.dataset.for)));
    });
    line.append(button);
    return line;
  }
}

/**
 * What is wrong stands before the field and in its description: who hears the page comes to the field by the summary.
 * @param {Element} problem @param {boolean} isShown
 */
function mark(problem, isShown) {
  const { dataset } = /** @type {HTMLElement} */ (problem);
  const field = element(dataset.for ?? '');
  /** @type {HTMLElement} */ (problem).hidden = !isShown;
  const shown = [...document.querySelectorAll(`[data-for="${field.id}"]:not([hidden])`)].map(({ id }) => id);
  const said = (field.getAttribute('aria-describedby') ?? '').split(' ');
  const hints = said.filter((id) => id && !id.startsWith('problem-'));
  field.setAttribute('aria-describedby', [...shown, ...hints].join(' '));
  field.setAttribute('aria-invalid', String(shown.length > 0));
}

/** @param {Element} part @returns {string[]} names of the problems that are shown in it */
function shownIn(part) {
  return [...part.querySelectorAll('.field-error:not([hidden])')].map(({ id }) => id.slice('problem-'.length));
}

/**
 * What is shown and wrong no more is marked no more, at once; what else is wrong is told at the next press.
 * @param {Element} part @param {() => string[]} problems asked only where something is marked
 * @returns {string[]} names of what was mended
 */
export function mended(part, problems) {
  const shown = shownIn(part);
  const wrong = shown.length > 0 ? problems() : [];
  const gone = shown.filter((name) => !wrong.includes(name));
  for (const name of gone) showProblem(name, false);
  return gone;
}

/** @param {string} name of a `problem-NAME` element @param {boolean} isShown */
export function showProblem(name, isShown) {
  mark(element(`problem-${name}`), isShown);
}

const main = /** @type {HTMLElement} */ (document.querySelector('main'));

/** @param {string} id @returns {HTMLElement} also once the exit took the page off the screen: what was under way then ends unseen */
export function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id) ?? main.querySelector(`#${id}`));
}

/** @param {HTMLElement} panel in view @returns {HTMLElement} from where it is read */
export function beginning(panel) {
  return panel.querySelector('.step:not([hidden]) h2') ?? panel.querySelector('h2') ?? panel;
}

/** @param {Element | null} target */
export function focusOn(target) {
  if (!(target instanceof HTMLElement)) return;
  if (!target.matches('input, textarea, select, button, a')) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: 'start' });
}
