/**
 * Step 3 seen from the page, dropping: the only code that touches the network. Sealed bytes in, one of a few words out.
 * It cannot read what it carries; whatever is not an empty 204 means: not stored. It imports nothing.
 */

const TIMEOUT_MS = 30_000; // a bad mobile connection needs about ten seconds for 16 KiB

/** @typedef {'stored' | 'key_unknown' | 'busy' | 'refused' | 'unreachable'} Outcome */

/**
 * @param {Uint8Array} object 16,384 bytes
 * @param {string} name their SHA-256, 64 hexadecimal digits
 * @returns {Promise<Outcome>}
 */
export async function drop(object, name) {
  try {
    const answer = await fetch('/drop', {
      method: 'POST',
      body: /** @type {BodyInit} */ (object),
      headers: { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': name },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await answer.text();
    return answer.status === 204 && body === '' ? 'stored' : meaning(answer.status, body);
  } catch {
    return 'unreachable';
  }
}

/** @param {number} status @param {string} body @returns {Outcome} */
function meaning(status, body) {
  if (status === 400 && body.includes('"key_unknown"')) return 'key_unknown';
  return status === 429 || status >= 500 ? 'busy' : 'refused';
}

/** @returns {Promise<string | null>} the key list as the site serves it now; null when it cannot be had */
export async function fetchKeyList() {
  try {
    const answer = await fetch('/keys.json', {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.status === 200 ? await answer.text() : null;
  } catch {
    return null;
  }
}
