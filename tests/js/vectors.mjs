/** Reads tests/vectors and ../shared/vectors for the tests; makes one object out of a base and its edits. */
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** @param {string} name @returns {any} */
export function readVectors(name) {
  return JSON.parse(readFileSync(new URL(`tests/vectors/${name}.json`, root), 'utf8'));
}

/** Published vectors lie beside the repository and are not copied into it. @param {string} name @returns {any} or null */
export function readPublished(name) {
  const path = new URL(`../shared/vectors/${name}.json`, root);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** @param {string} hex */
export function fromHex(hex) {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** @param {Uint8Array} bytes @param {[number, string][]} edits @param {number} length */
export function edit(bytes, edits, length) {
  const made = new Uint8Array(Math.max(length, bytes.length));
  made.set(bytes);
  for (const [offset, hex] of edits) made.set(fromHex(hex), offset);
  return made.slice(0, length);
}

/** Fails when a case has a field that the runner would pass over. @param {any} found @param {string[]} known */
export function mustKnow(found, known) {
  const unknown = Object.keys(found).filter((field) => !['name', 'why', 'expect', ...known].includes(field));
  if (unknown.length > 0) throw new Error(`case ${found.name} has unknown fields: ${unknown}`);
}

/** @param {Promise<any>} acting @returns {Promise<any>} the same of what takes time */
export function outcomeOf(acting) {
  return acting.then((value) => ({ expect: 'ok', value }), (error) => ({ expect: error.check ?? `threw ${error}`, error }));
}

/** @param {() => any} act @returns {any} its value, or the name of the check that refused */
export function outcome(act) {
  try {
    return { expect: 'ok', value: act() };
  } catch (error) {
    return { expect: /** @type {any} */ (error).check ?? `threw ${error}`, error };
  }
}
