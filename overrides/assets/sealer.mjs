/**
 * The page's side of the sealing worker: starts the one that this browser needs under the one Trusted Types policy, and
 * turns its messages into promises. A worker that cannot start or breaks answers `failed`, so that nothing is ever sent
 * unsealed.
 */

const WORKER = `${ASSETS}/seal.js`;
const OLDER = `${ASSETS}/seal_older.js`; // brings Ed25519 along
const ANSWER_MS = 60_000; // a worker that died says nothing; the slowest phone seals in seconds

/** @typedef {{state: string, object?: Uint8Array, name?: string, boardKey?: Uint8Array, isForged?: boolean}} Answer */

/** @type {any} */
let address = null; // a page may make the policy once

/** @param {boolean} isOlder whether the browser has no Ed25519: always the same in one browser @returns {Worker} */
function startWorker(isOlder) {
  const file = isOlder ? OLDER : WORKER;
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const policy = address ? null : types?.createPolicy('balie', { createScriptURL: () => file }); // one constant, whatever is asked
  address ??= policy ? policy.createScriptURL('') : file;
  return new Worker(address); // a classic one: workers that are modules are younger than our oldest browsers
}

export class Sealer {
  /** @param {boolean} isOlder */
  constructor(isOlder) {
    this.tickets = 0;
    /** @type {Map<number, {resolve: (answer: Answer) => void, timer: number}>} */
    this.waiting = new Map();
    this.isEnding = false;
    this.worker = startWorker(isOlder);
    this.worker.addEventListener('message', ({ data }) => this.#settle(data.ticket, data));
    this.worker.addEventListener('error', () => this.#fail());
  }

  /** @param {number} ticket @param {Answer} answer */
  #settle(ticket, answer) {
    const asked = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    clearTimeout(asked?.timer); // it would keep the message, and so the words
    asked?.resolve(answer);
    if (this.isEnding) this.end();
  }

  /** Ends the worker once it has answered what it was asked. */
  end() {
    this.isEnding = true;
    if (this.waiting.size === 0) this.worker.terminate();
  }

  #fail() {
    for (const ticket of [...this.waiting.keys()]) this.#settle(ticket, { state: 'failed' });
  }

  /** @param {object} message @returns {Promise<Answer>} */
  #ask(message) {
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve) => {
      const timer = window.setTimeout(() => this.#settle(ticket, { state: 'failed' }), ANSWER_MS);
      this.waiting.set(ticket, { resolve, timer });
      this.worker.postMessage({ ...message, ticket });
    });
  }

  /** @param {Record<'keylist' | 'built' | 'pinned', string>} settings @returns {Promise<Answer>} ready, closed, failed */
  start(settings) {
    return this.#ask({ kind: 'start', ...settings, now: Date.now() });
  }

  /** @param {Uint8Array} json @returns {Promise<Answer>} sealed or failed */
  seal(json) {
    return this.#ask({ kind: 'seal', json });
  }

  /**
   * @param {Record<'signature' | 'message' | 'publicKey', Uint8Array>} signed
   * @returns {Promise<Answer>} signed, unsigned or failed
   */
  verify(signed) {
    return this.#ask({ kind: 'verify', ...signed });
  }
}
