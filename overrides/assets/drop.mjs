/**
 * Step 3 seen from the page, dropping: the only code that touches the network. Sealed bytes in, one of a few words out.
 * It cannot read what it carries; whatever is not an empty 204 means: not stored. It sends nothing again by itself, and
 * reads no Retry-After: a person presses. It imports nothing.
 */

const BOARD_TIMEOUT_MS = 120_000; // 150 KB over the slowest connection that still loads the page
const TIMEOUT_MS = 30_000; // a bad mobile connection needs about ten seconds for 16 KiB
/** @type {RequestInit} */
const QUIET = { cache: 'no-store', credentials: 'omit', redirect: 'error' };

/** @typedef {'stored' | 'key_unknown' | 'busy' | 'refused' | 'elsewhere' | 'unreachable'} Outcome */

/**
 * @template T
 * @param {number} mostMs after which the request is given up
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @returns {Promise<T>}
 */
async function within(mostMs, ask) {
  const giveUp = new AbortController(); // AbortSignal.timeout is younger than the phones that people have
  const timer = setTimeout(() => giveUp.abort(), mostMs);
  try {
    return await ask(giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Uint8Array} object 16,384 bytes
 * @param {string} name their SHA-256, 64 hexadecimal digits
 * @returns {Promise<Outcome>}
 */
export async function drop(object, name) {
  try {
    return await within(TIMEOUT_MS, async (signal) => {
      const answer = await fetch('/drop', {
        method: 'POST',
        body: /** @type {BodyInit} */ (object),
        headers: { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': name },
        ...QUIET,
        signal,
      });
      const body = await answer.text();
      return answer.status === 204 && body === '' ? 'stored' : meaning(answer.status, body);
    });
  } catch {
    return 'unreachable';
  }
}

/**
 * What an answer means that is no empty 204. An edge, a proxy or a Wi-Fi that wants a login answers in our place, with any
 * status and never in our words (openapi.yaml).
 * @param {number} status @param {string} body @returns {Outcome}
 */
function meaning(status, body) {
  if (status === 429 || status >= 500) return 'busy';
  if (!/^\{"error":"[a-z_]+"\}$/.test(body)) return 'elsewhere';
  return body === '{"error":"key_unknown"}' ? 'key_unknown' : 'refused';
}

/** @returns {Promise<string | null>} the key list as the site serves it now; null when it cannot be had */
export async function fetchKeyList() {
  try {
    return await within(TIMEOUT_MS, async (signal) => {
      const answer = await fetch('/keys.json', { ...QUIET, signal });
      // Not answer.text(): it drops a byte order mark, and a key list has one encoding (WIRE.md 6).
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return answer.status === 200 ? decoder.decode(await answer.arrayBuffer()) : null;
    });
  } catch {
    return null;
  }
}

/**
 * Fetches the whole board, whoever asks and whatever is on it.
 * @param {number} most bytes that a board can have
 * @param {(share: number) => void} onProgress 0 to 1
 * @returns {Promise<{state: 'whole' | 'none' | 'unreachable' | 'damaged', bytes?: Uint8Array}>}
 */
export async function fetchBoard(most, onProgress) {
  try {
    return await within(BOARD_TIMEOUT_MS, async (signal) => {
      const answer = await fetch('/board.bin', { ...QUIET, signal });
      if (answer.status === 404) return { state: 'none' };
      if (answer.status !== 200 || !answer.body) return { state: 'unreachable' };
      const announced = Number(answer.headers.get('content-length')) || most;
      return await collect(answer.body.getReader(), most, (count) => onProgress(Math.min(1, count / announced)));
    });
  } catch {
    return { state: 'unreachable' };
  }
}

/**
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader @param {number} most @param {(count: number) => void} onCount
 * @returns {Promise<{state: 'whole' | 'damaged', bytes?: Uint8Array}>}
 */
async function collect(reader, most, onCount) {
  const pieces = [];
  let count = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    count += piece.value.length;
    if (count > most) return { state: 'damaged' };
    pieces.push(piece.value);
    onCount(count);
  }
  return { state: 'whole', bytes: new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (pieces)).arrayBuffer()) };
}
