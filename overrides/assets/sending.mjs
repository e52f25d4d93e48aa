/**
 * Steps 2 and 3 as a page sees them: words as JSON in, one of a few outcomes out. It seals the same words once, sends the
 * same bytes again until they change, and never sends anything unsealed. It reads no field and shows only the status.
 */
import { drop, fetchKeyList } from './drop.mjs';
import { Sealer } from './sealer.mjs';
import { element } from './steps.mjs';

/** @typedef {import('./drop.mjs').Outcome | 'not_sealed'} Sent */

/** @type {{json: string, object: Uint8Array, name: string}} */
const NOTHING = { json: '', object: new Uint8Array(0), name: '' };

export class Sending {
  /** @param {HTMLElement} page carries the key list, the day of the build and the pinned site key */
  constructor({ dataset }) {
    this.settings = { keylist: dataset.keylist ?? '', built: dataset.built ?? '', pinned: dataset.pinned ?? '' };
    /** @type {Sealer | null} */
    this.sealer = null;
    this.sealed = NOTHING; // what the last words were sealed to
    /** @type {Promise<{state: string}> | null} */
    this.started = null;
    this.start();
  }

  /** Also after an end. @returns {Promise<{state: string}>} ready, closed or failed */
  start() {
    this.started ??= this.#start(this.settings);
    return this.started;
  }

  /** @param {typeof this.settings} settings @returns {Promise<{state: string}>} ready, closed or failed */
  async #start({ keylist, built, pinned }) {
    try {
      this.sealer ??= new Sealer();
      return await this.sealer.start(keylist, built, pinned);
    } catch {
      return { state: 'failed' };
    }
  }

  /** @param {Uint8Array} bytes the words as JSON */
  async #sealOnce(bytes) {
    const json = new TextDecoder().decode(bytes);
    if (this.sealed.json === json) return true;
    await this.start();
    const answer = this.sealer ? await this.sealer.seal(bytes) : { state: 'failed' };
    if (answer.state !== 'sealed' || !answer.object || !answer.name) return false;
    this.sealed = { json, object: answer.object, name: answer.name };
    return true;
  }

  /** @param {Uint8Array} bytes the words as JSON, WIRE.md 5 @returns {Promise<Sent>} */
  async send(bytes) {
    return (await this.#sealOnce(bytes)) ? drop(this.sealed.object, this.sealed.name) : 'not_sealed';
  }

  /** The key was too old for the drop: fetches the list anew. @returns {Promise<boolean>} whether sealing can go on */
  async renew() {
    const keylist = await fetchKeyList();
    if (keylist) this.started = this.#start({ ...this.settings, keylist });
    const answer = keylist ? await this.start() : { state: 'failed' };
    this.sealed = NOTHING;
    return answer.state === 'ready';
  }

  /** Only after an empty 204, or when the words are given up. */
  forget() {
    this.sealed = NOTHING;
  }

  /** With the worker goes all that it was given; another starts when it is needed. */
  end() {
    this.forget();
    this.sealer?.end();
    this.sealer = null;
    this.started = null;
  }
}

/** @param {Element} status @param {string} outcome shows one sentence of the status beside the send button; '' none */
export function showOutcome(status, outcome) {
  for (const line of status.querySelectorAll('[data-outcome]')) {
    /** @type {HTMLElement} */ (line).hidden = line.getAttribute('data-outcome') !== outcome;
  }
  element('renew').hidden = outcome !== 'key_unknown';
}

/** @param {Element} page @param {string} id shows one of the page's panels */
export function showPanel(page, id) {
  for (const panel of page.querySelectorAll('[data-panel]')) {
    /** @type {HTMLElement} */ (panel).hidden = panel.id !== id;
  }
}
