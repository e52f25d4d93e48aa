/**
 * Step 1, the code before sending: draws a reply code when she wants one, shows it large, derives its keys while she
 * writes it down, and lets her go on once she has typed its last group. It prints a slip that looks like nothing. It
 * knows no other field, and keeps the code in this page's memory only.
 */
import { NotACode, deriveKeys, lastGroup, makeCode } from './code.mjs';
import { element } from './steps.mjs';
import { toHex } from './wire.mjs';

const GROUP = 4; // WIRE.md 7: six groups of four

/** @param {string} code @returns {string[]} */
function groups(code) {
  return Array.from({ length: code.length / GROUP }, (_, i) => code.slice(i * GROUP, (i + 1) * GROUP));
}

/** @param {string} digits */
function span(digits) {
  return Object.assign(document.createElement('span'), { textContent: digits });
}

/** @param {boolean} hasCode shows the sentences for those with a code, or for those without */
export function tell(hasCode) {
  for (const line of document.querySelectorAll('[data-code]')) {
    /** @type {HTMLElement} */ (line).hidden = (line.getAttribute('data-code') === 'yes') !== hasCode;
  }
}

export class Slip {
  constructor() {
    this.code = '';
    /** @type {Promise<{reply_key: string, tag_key: string}> | null} */
    this.keys = null;
    element('print').addEventListener('click', () => window.print());
  }

  get isWanted() {
    return /** @type {HTMLInputElement} */ (element('code-yes')).checked;
  }

  /** Draws at most one code per page: what was written on paper stays right when she changes her mind twice. */
  show() {
    if (this.isWanted && !this.code) this.#draw();
    element('slip').hidden = !this.isWanted;
    document.documentElement.classList.toggle('has-slip', this.isWanted); // what the print style goes by
    tell(this.isWanted);
  }

  /** Takes the code off the screen and out of memory: she has it, or a browser may keep a page that was left. */
  forget() {
    this.#put('');
    this.keys = null;
  }

  #draw() {
    this.#put(makeCode());
    this.#derive();
  }

  /** @param {string} code */
  #put(code) {
    this.code = code;
    for (const shown of document.querySelectorAll('.code')) shown.replaceChildren(...groups(code).map(span));
    element('shown').hidden = code === '';
  }

  #derive() {
    this.keys = deriveKeys(this.code).then(({ replyKey, tagKey }) => ({ reply_key: toHex(replyKey), tag_key: toHex(tagKey) }));
    this.keys.catch(() => (this.keys = null)); // tried anew when it is asked for
    return this.keys;
  }

  /** @param {FormData} fields @returns {string[]} names of problems, as `problemsOf` gives them */
  problemsIn(fields) {
    const choice = fields.get('code');
    if (choice === null) return ['code'];
    return choice === 'no' || this.#isConfirmed(String(fields.get('code_last') ?? '')) ? [] : ['code_last'];
  }

  /** @param {string} typed */
  #isConfirmed(typed) {
    try {
      return lastGroup(typed) === this.code.slice(-GROUP);
    } catch (error) {
      if (error instanceof NotACode) return false;
      throw error;
    }
  }

  /** @returns {Promise<{reply_key?: string, tag_key?: string}>} what goes into the complaint; rejects if it cannot be had */
  async fields() {
    return this.isWanted ? (this.keys ?? this.#derive()) : {};
  }
}
