/**
 * The signed key list in the browser (WIRE.md 6), twin of desk/wire/keylist.py: a text and the pinned site key in, the key to
 * seal to out. It refuses the whole list if one rule fails. It knows no page and no network.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { isSigned } from './signature.mjs';
import { Refused, toHex } from './wire.mjs';

const LABEL = utf8ToBytes('balie/1 key list\n'); // WIRE.md 6
/** @type {Record<string, number>} */
const PUBLIC_BYTES = { intake: 1216, board: 32, site: 32 }; // WIRE.md 6
const CLOSED_AFTER_DAYS = 30; // WIRE.md 6
const DAY_MS = 86_400_000;

/** @typedef {{use: string, suite: number, id: string, fingerprint: string, public: string, not_before: string, not_after: string}} KeyEntry */

/** @param {boolean} holds */
function must(holds) {
  if (!holds) throw new Refused('keylist');
}

/** @param {any} value @param {string[]} names */
function mustHaveExactly(value, names) {
  must(typeof value === 'object' && value !== null && !Array.isArray(value));
  must(Object.keys(value).sort().join() === names.sort().join());
}

/** WIRE.md 1: 2000-01-01 to 2099-12-31. @param {any} text @returns {number} milliseconds since 1970, start of that day in UTC */
function dayOf(text) {
  must(typeof text === 'string' && /^20\d\d-\d\d-\d\d$/.test(text));
  const ms = Date.parse(`${text}T00:00:00Z`);
  must(!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)); // no 31 February
  return ms;
}

/** @param {string} text @returns {Uint8Array} */
export function fromBase64(text) {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  must(btoa(String.fromCharCode(...bytes)) === text); // one spelling only, and no loose bits
  return bytes;
}

/** @param {string} text @returns {any} the value, if the text is its one encoding */
function parseJson(text) {
  const value = JSON.parse(text);
  must(JSON.stringify(value) === text);
  return value;
}

/** @param {KeyEntry} entry @param {string} pinnedSiteKey 64 hexadecimal digits */
function checkEntry(entry, pinnedSiteKey) {
  mustHaveExactly(entry, ['use', 'suite', 'id', 'fingerprint', 'public', 'not_before', 'not_after']);
  must(Object.keys(PUBLIC_BYTES).includes(entry.use) && entry.suite === 1);
  const bytes = fromBase64(entry.public);
  must(bytes.length === PUBLIC_BYTES[entry.use]);
  must(entry.fingerprint === toHex(sha256(bytes)) && entry.id === entry.fingerprint.slice(0, 16));
  must(dayOf(entry.not_before) <= dayOf(entry.not_after));
  must(entry.use !== 'site' || toHex(bytes) === pinnedSiteKey);
}

/** @param {any} list @param {string} pinnedSiteKey */
function checkList(list, pinnedSiteKey) {
  mustHaveExactly(list, ['version', 'issued', 'practice', 'keys']);
  must(list.version === 1 && typeof list.practice === 'boolean' && Array.isArray(list.keys));
  dayOf(list.issued);
  for (const entry of list.keys) checkEntry(entry, pinnedSiteKey);
  const uses = list.keys.map((/** @type {KeyEntry} */ entry) => entry.use);
  const count = (/** @type {string} */ use) => uses.filter((/** @type {string} */ found) => found === use).length;
  must(count('intake') >= 1 && count('board') === 1 && count('site') === 1);
  const starts = intakeKeys(list).map((entry) => dayOf(entry.not_before));
  must(starts.every((start, i) => i === 0 || starts[i - 1] < start));
  must(new Set(list.keys.map((/** @type {KeyEntry} */ entry) => entry.id)).size === list.keys.length);
}

/** @param {{keys: KeyEntry[]}} list */
function intakeKeys(list) {
  return list.keys.filter((entry) => entry.use === 'intake');
}

/**
 * WIRE.md 6: verifies the signature with the pinned site key, then every rule. Throws `keylist`.
 * @param {string} text the file keys.json
 * @param {string} pinnedSiteKey 64 hexadecimal digits
 * @param {string} issuedAtLeast the day of the list that the reader has; empty for none
 * @returns {{version: number, issued: string, practice: boolean, keys: KeyEntry[]}}
 */
export function parseKeyList(text, pinnedSiteKey, issuedAtLeast = '') {
  try {
    const outer = parseJson(text);
    mustHaveExactly(outer, ['signed', 'signature']);
    must(typeof outer.signed === 'string' && /^[0-9a-f]{128}$/.test(outer.signature));
    const message = concatBytes(LABEL, utf8ToBytes(outer.signed));
    must(isSigned(hexToBytes(outer.signature), message, hexToBytes(pinnedSiteKey)));
    const list = parseJson(outer.signed);
    checkList(list, pinnedSiteKey);
    must(list.issued >= issuedAtLeast); // an old list is as well signed as a new one
    return list;
  } catch {
    throw new Refused('keylist');
  }
}

/**
 * WIRE.md 6: which key the form uses.
 * @param {{keys: KeyEntry[]}} list
 * @param {number} now milliseconds since 1970
 * @param {string} built the day on which the page was built
 * @returns {KeyEntry | null} null: the form is closed
 */
export function pickKey(list, now, built) {
  const time = Math.max(now, dayOf(built));
  const intake = intakeKeys(list);
  const lastEnd = Math.max(...intake.map((entry) => dayOf(entry.not_after))) + DAY_MS; // not_after is a whole day
  if (time >= lastEnd + CLOSED_AFTER_DAYS * DAY_MS) return null;
  return intake.filter((entry) => dayOf(entry.not_before) <= time).pop() ?? intake[0];
}
