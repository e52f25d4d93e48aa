/**
 * The reply code (WIRE.md 7), twin of desk/wire/code.py: what a person types in, 24 digits out; 24 digits in, two keys out.
 * It keeps nothing, and knows no page and no network.
 */

const LABEL = 'balie/1 reply code'; // WIRE.md 7
const ROUNDS = 600_000; // WIRE.md 7
const SPACES_AND_DASHES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u002d\u2010-\u2015\u2212]/; // WIRE.md 7
// WIRE.md 7.9, category Nd: the zero of each script; its other digits follow it. A list and not the platform's own:
// browsers are many versions of Unicode apart.
const ZEROS = `
  30 660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0
  1a80 1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 ff10 104a0 10d30 10d40 11066 110f0
  11136 111d0 112f0 11450 114d0 11650 116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 11d50 11da0
  11de0 11f50 16130 16a60 16ac0 16b50 16d70 1ccf0 1d7ce 1d7d8 1d7e2 1d7ec 1d7f6 1e140 1e2f0 1e4f0
  1e5f1 1e950 1fbf0
`.trim().split(/\s+/).map((zero) => parseInt(zero, 16));
// WIRE.md 7.9, category Cf: first and last of each run.
const UNSEEN = `
  ad-ad 600-605 61c-61c 6dd-6dd 70f-70f 890-891 8e2-8e2 180e-180e 200b-200f 202a-202e 2060-2064 2066-206f
  feff-feff fff9-fffb 110bd-110bd 110cd-110cd 13430-1343f 1bca0-1bca3 1d173-1d17a e0001-e0001 e0020-e007f
`.trim().split(/\s+/).map((run) => run.split('-').map((end) => parseInt(end, 16)));

/** Thrown when a text is no reply code: `digits` (not 24 of them, or other characters) or `check`. */
export class NotACode extends Error {
  /** @param {'digits' | 'check'} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @param {string} char one code point */
const pointOf = (char) => /** @type {number} */ (char.codePointAt(0));

/** @param {string} char @returns {string} '0' to '9'; throws NotACode */
function digitOf(char) {
  const point = pointOf(char);
  const zero = ZEROS.find((start) => point >= start && point <= start + 9);
  if (zero === undefined) throw new NotACode('digits');
  return String(point - zero);
}

/** @param {string} char @returns {boolean} */
function isDropped(char) {
  return SPACES_AND_DASHES.test(char) || UNSEEN.some(([first, last]) => first <= pointOf(char) && pointOf(char) <= last);
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
  const digits = [...typed].filter((char) => !isDropped(char)).map(digitOf);
  if (digits.length !== count) throw new NotACode('digits');
  return digits.join('');
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
