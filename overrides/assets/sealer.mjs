/**
 * The page's side of the sealing worker: starts it under the one Trusted Types policy and turns its messages into
 * promises. A worker that cannot start or breaks answers `failed`, so that nothing is ever sent unsealed.
 */

const WORKER = '/assets/seal.js';
const ANSWER_MS = 60_000; // a worker that died says nothing; the slowest phone seals in seconds

/** @typedef {{state: string, object?: Uint8Array, name?: string}} Answer */

/** @returns {Worker} */
function startWorker() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const policy = types?.createPolicy('balie', { createScriptURL: () => WORKER }); // one constant, whatever is asked
  return new Worker(policy ? policy.createScriptURL('') : WORKER); // a classic one: workers that are modules are younger than our oldest browsers
}

export class Sealer {
  constructor() {
    this.tickets = 0;
    /** @type {Map<number, (answer: Answer) => void>} */
    this.waiting = new Map();
    this.worker = startWorker();
    this.worker.addEventListener('message', ({ data }) => this.#settle(data.ticket, data));
    this.worker.addEventListener('error', () => this.#fail());
  }

  /** @param {number} ticket @param {Answer} answer */
  #settle(ticket, answer) {
    this.waiting.get(ticket)?.(answer);
    this.waiting.delete(ticket);
  }

  #fail() {
    for (const ticket of [...this.waiting.keys()]) this.#settle(ticket, { state: 'failed' });
  }

  /** @param {object} message @returns {Promise<Answer>} */
  #ask(message) {
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve) => {
      this.waiting.set(ticket, resolve);
      setTimeout(() => this.#settle(ticket, { state: 'failed' }), ANSWER_MS);
      this.worker.postMessage({ ...message, ticket });
    });
  }

  /** @param {string} keylist @param {string} built @param {string} pinned @returns {Promise<Answer>} ready, closed, failed */
  start(keylist, built, pinned) {
    return this.#ask({ kind: 'start', keylist, built, pinned, now: Date.now() });
  }

  /** @param {Uint8Array} json @returns {Promise<Answer>} sealed or failed */
  seal(json) {
    return this.#ask({ kind: 'seal', json });
  }
}
