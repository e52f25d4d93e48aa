/**
 * Steps 2 and 3 as a page sees them: words as JSON in, one of a few outcomes out. It seals the same words once, sends the
 * same bytes again until they change, and never sends anything unsealed. It reads no field and shows only the status.
 */
import { drop, fetchKeyList } from './drop.mjs';
import { Sealer } from './sealer.mjs';
import { element } from './steps.mjs';
import { canVerify } from './verify.mjs';

/** @typedef {import('./drop.mjs').Outcome | 'not_sealed' | 'key_behind'} Sent */

/** @type {{json: string, object: Uint8Array, name: string}} */
const NOTHING = { json: '', object: new Uint8Array(0), name: '' };

/** What sending and the code stand on; whether sealing works, the worker tries out. Said before the first word. */
function isAble() {
  const { AbortController, TextDecoder, crypto, fetch } = globalThis;
  return [AbortController, TextDecoder, crypto?.subtle, fetch].every(Boolean);
}

export class Sending {
  /** @param {HTMLElement} page carries the key list, the day of the build and the pinned site key */
  constructor({ dataset }) {
    this.settings = { keylist: dataset.keylist ?? '', built: dataset.built ?? '', pinned: dataset.pinned ?? '' };
    /** @type {Sealer | null} */
    this.sealer = null;
    this.sealed = NOTHING; // what the last words were sealed to
    this.isRenewed = false; // whether the list was fetched anew since the last try
    /** @type {Promise<import('./sealer.mjs').Answer> | null} */
    this.started = null;
    this.start();
  }

  /** Also after an end. @returns {Promise<import('./sealer.mjs').Answer>} ready, closed or failed: of the page's own list */
  start() {
    this.started ??= this.#start();
    return this.started;
  }

  /** @returns {Promise<import('./sealer.mjs').Answer>} ready, closed or failed */
  async #start() {
    if (!isAble()) return { state: 'failed' };
    try {
      const isOlder = !(await canVerify());
      this.sealer ??= new Sealer(isOlder);
      return await this.sealer.start(this.settings);
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
    const sent = (await this.#sealOnce(bytes)) ? await drop(this.sealed.object, this.sealed.name) : 'not_sealed';
    const isBehind = sent === 'key_unknown' && this.isRenewed; // to fetch the list once more would lead here again
    this.isRenewed = false;
    return isBehind ? 'key_behind' : sent;
  }

  /**
   * The key was too old for the drop: fetches the list anew.
   * @returns {Promise<'renewed' | 'unreachable' | 'key_behind'>} behind: our server has no list that this page may take
   */
  async renew() {
    const keylist = await fetchKeyList();
    if (!keylist) return 'unreachable';
    await this.start(); // also in a new worker the page's own list comes first: it takes none that is older
    const answer = await this.sealer?.start({ ...this.settings, keylist });
    this.sealed = NOTHING;
    this.isRenewed = answer?.state === 'ready';
    return this.isRenewed ? 'renewed' : 'key_behind';
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

/** @param {Element} status @param {string} outcome shows what belongs to it beside the send button; '' nothing */
export function showOutcome(status, outcome) {
  for (const line of status.querySelectorAll('[data-outcome]')) {
    /** @type {HTMLElement} */ (line).hidden = !line.getAttribute('data-outcome')?.split(' ').includes(outcome);
  }
  element('renew').hidden = outcome !== 'key_unknown';
}

/** @param {Element} page @param {string} id shows one of the page's panels */
export function showPanel(page, id) {
  for (const panel of page.querySelectorAll('[data-panel]')) {
    /** @type {HTMLElement} */ (panel).hidden = panel.id !== id;
  }
}
