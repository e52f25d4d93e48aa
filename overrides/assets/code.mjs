/**
 * The reply code (WIRE.md 7), twin of desk/code.py: what a person types in, 24 digits out; 24 digits in, two keys out.
 * It keeps nothing, and knows no page and no network.
 */

const LABEL = 'balie/1 reply code'; // WIRE.md 7
const ROUNDS = 600_000; // WIRE.md 7
const DROPPED = /[\s\u0085\u002d\u2010-\u2015\u2212\p{Cf}]/u; // WIRE.md 7

/** Thrown when a text is no reply code: `digits` (not 24 of them, or other characters) or `check`. */
export class NotACode extends Error {
  /** @param {'digits' | 'check'} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Unicode puts the ten digits of a script in a row, zero first; some rows follow each other without a gap.
 * @param {string} char of category Nd
 * @returns {string} '0' to '9'
 */
function digitOf(char) {
  const point = /** @type {number} */ (char.codePointAt(0));
  let start = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((point - start) % 10);
}

/** @param {string} digits @returns {number} the number modulo 97 */
function mod97(digits) {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** @param {string} digits22 @returns {string} 24 digits, ISO/IEC 7064 MOD 97-10 */
export function withCheckDigits(digits22) {
  return digits22 + String(98 - mod97(`${digits22}00`)).padStart(2, '0');
}

/** @returns {string} a new code of 24 digits, from the platform's random source */
export function makeCode() {
  let digits = '';
  while (digits.length < 22) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 250) digits += String(byte % 10); // 250 is a multiple of ten: no digit is likelier
  }
  return withCheckDigits(digits);
}

/**
 * @param {string} typed @param {number} count how many digits it must hold
 * @returns {string} ASCII digits; throws NotACode
 */
function digitsIn(typed, count) {
  const kept = [...typed].filter((char) => !DROPPED.test(char));
  if (kept.length !== count || !kept.every((char) => /\p{Nd}/u.test(char))) throw new NotACode('digits');
  return kept.map(digitOf).join('');
}

/** @param {string} typed @returns {string} the four digits of one group, typed in any script; throws NotACode */
export function lastGroup(typed) {
  return digitsIn(typed, 4);
}

/**
 * WIRE.md 7: what was typed, in any digit script, with spaces and dashes.
 * @param {string} typed
 * @returns {string} 24 ASCII digits; throws NotACode
 */
export function normaliseCode(typed) {
  const digits = digitsIn(typed, 24);
  const check = Number(digits.slice(22));
  if (mod97(digits) !== 1 || check < 2 || check > 98) throw new NotACode('check');
  return digits;
}

/**
 * WIRE.md 7: PBKDF2, native in the browser; takes about a second on a cheap phone.
 * @param {string} digits 24 ASCII digits
 * @returns {Promise<{replyKey: Uint8Array, tagKey: Uint8Array}>} 32 bytes each
 */
export async function deriveKeys(digits) {
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const password = await crypto.subtle.importKey('raw', bytes(digits), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-512', salt: bytes(LABEL), iterations: ROUNDS };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(parameters, password, 512));
  return { replyKey: derived.slice(0, 32), tagKey: derived.slice(32) };
}
