/**
 * The byte contract in the browser (WIRE.md 2, 4, 5), twin of desk/wire/envelope.py: bytes and values in, bytes and values out.
 * It knows no key, no page and no network, and imports nothing.
 */

export const LABEL = 'balie/1 complaint'; // WIRE.md 3
export const VERSION = 1; // WIRE.md 2
export const SUITE = 1; // WIRE.md 3
export const HEADER_BYTES = 10; // WIRE.md 2
export const ENC_BYTES = 1120; // WIRE.md 2
export const OBJECT_BYTES = 16384; // WIRE.md 2
export const PLAINTEXT_BYTES = OBJECT_BYTES - HEADER_BYTES - ENC_BYTES - 16; // WIRE.md 4
export const JSON_MAX_BYTES = PLAINTEXT_BYTES - 4; // WIRE.md 4
const MAX_DEPTH = 4; // WIRE.md 5
const NAME = /^[a-z][a-z0-9_]{0,39}$/; // WIRE.md 5

/** Thrown when a check of WIRE.md fails; `check` is one of the names that tests/vectors/README.md lists. */
export class Refused extends Error {
  /** @param {string} check */
  constructor(check) {
    super(check);
    this.check = check;
  }
}

/** @param {boolean} holds @param {string} check */
function must(holds, check) {
  if (!holds) throw new Refused(check);
}

/** @param {Uint8Array} bytes @returns {string} lower-case hexadecimal */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * WIRE.md 2: the first ten bytes.
 * @param {Uint8Array} keyId 8 bytes
 * @returns {Uint8Array} 10 bytes
 */
export function buildHeader(keyId) {
  must(keyId.length === 8, 'key_unknown');
  return Uint8Array.of(VERSION, SUITE, ...keyId);
}

/**
 * WIRE.md 2: takes an object apart, in the order of the checks.
 * @param {Uint8Array} object
 * @param {(keyIdHex: string) => boolean} isHeld whether the reader holds that key
 */
export function parseObject(object, isHeld) {
  must(object.length === OBJECT_BYTES, 'object_length');
  must(object[0] === VERSION, 'object_version');
  must(object[1] === SUITE, 'object_suite');
  const keyId = toHex(object.subarray(2, HEADER_BYTES));
  must(isHeld(keyId), 'key_unknown');
  return {
    header: object.subarray(0, HEADER_BYTES),
    keyId,
    enc: object.subarray(HEADER_BYTES, HEADER_BYTES + ENC_BYTES),
    ciphertext: object.subarray(HEADER_BYTES + ENC_BYTES),
  };
}

/**
 * WIRE.md 4: length, JSON, zeros.
 * @param {Uint8Array} json 2 to 15,234 bytes
 * @returns {Uint8Array} 15,238 bytes
 */
export function buildPlaintext(json) {
  must(json.length >= 2 && json.length <= JSON_MAX_BYTES, 'plaintext_length');
  const plaintext = new Uint8Array(PLAINTEXT_BYTES);
  new DataView(plaintext.buffer).setUint32(0, json.length);
  plaintext.set(json, 4);
  return plaintext;
}

/**
 * WIRE.md 4, read back.
 * @param {Uint8Array} plaintext 15,238 bytes
 * @returns {Uint8Array} the JSON
 */
export function parsePlaintext(plaintext) {
  must(plaintext.length === PLAINTEXT_BYTES, 'plaintext_length');
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
  must(length >= 2 && length <= JSON_MAX_BYTES, 'plaintext_length');
  must(plaintext.subarray(4 + length).every((byte) => byte === 0), 'padding');
  return plaintext.subarray(4, 4 + length);
}

/**
 * WIRE.md 5: the value as its one encoding. Lone surrogates, which a paste can bring, become U+FFFD first.
 * @param {object} complaint
 * @returns {Uint8Array}
 */
export function encodeComplaint(complaint) {
  const wellFormed = (/** @type {string} */ _, /** @type {any} */ value) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
  return new TextEncoder().encode(JSON.stringify(complaint, wellFormed));
}

/**
 * WIRE.md 5: parses and checks; `json` or `schema` names what fails.
 * @param {Uint8Array} json
 * @returns {Record<string, any>}
 */
export function parseComplaint(json) {
  let value;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
    value = JSON.parse(text);
    must(JSON.stringify(value) === text, 'json'); // one encoding: kills duplicates, spaces, floats, BOM
  } catch {
    throw new Refused('json');
  }
  must(isObject(value) && isPlain(value, 1), 'json');
  checkComplaint(value);
  return value;
}

/** @param {any} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * WIRE.md 5: depth, names, integers, scalar values only.
 * @param {any} value @param {number} depth @returns {boolean}
 */
function isPlain(value, depth) {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value);
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (!Array.isArray(value) && !Object.keys(value).every((name) => NAME.test(name))) return false;
  return Object.values(value).every((inner) => isPlain(inner, depth + 1));
}

export const TOPICS = [
  'check', 'police', 'authority', 'no_legal_place', 'operator', 'violence', 'data_passed_on',
  'treatment', 'care', 'stopping', 'business', 'neighbours', 'photos', 'other',
]; // WIRE.md 5.2
export const RECEIVERS = [
  'municipality', 'ombudsman', 'police_complaints', 'data_protection', 'human_rights',
  'labour_inspectorate', 'care_complaints', 'help',
]; // WIRE.md 5.3

/** @typedef {(value: any) => boolean} Rule */
/** @type {(...values: string[]) => Rule} */
const oneOf = (...values) => (value) => values.includes(value);
/** @type {(max: number) => Rule} */
const text = (max) => (value) => typeof value === 'string' && value !== '' && [...value].length <= max;
/** @type {(pattern: RegExp) => Rule} */
const like = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
/** @type {(values: string[]) => Rule} */
const someOf = (values) => (value) =>
  Array.isArray(value) && value.every(oneOf(...values)) && new Set(value).size === value.length;
/** @type {(value: any, names: string[]) => boolean} */
const hasExactly = (value, names) =>
  isObject(value) && Object.keys(value).sort().join() === names.sort().join();

/** @type {(value: object, name: string) => boolean} of its own, not of every object */
const has = (value, name) => Object.keys(value).includes(name);

const LANGUAGE = like(/^[a-z]{2}(-[A-Z]{2})?$/); // WIRE.md 5.1

/** @type {Record<string, Rule>} the table of WIRE.md 5 */
const REQUIRED = {
  schema: (value) => value === 1,
  complaint_id: like(/^[0-9a-f]{32}$/),
  form_language: LANGUAGE,
  story: (value) => typeof value === 'string' && !isBlank(value),
  consent: (value) =>
    hasExactly(value, ['store', 'act', 'count', 'quote']) &&
    value.store === true && Object.values(value).every((given) => typeof given === 'boolean'),
};
/** @type {Record<string, Rule>} */
const OPTIONAL = {
  role: oneOf('self', 'permission', 'professional'),
  wish: oneOf('heard', 'advice', 'help', 'act', 'count'),
  topics: (value) => someOf(TOPICS)(value) && value.length > 0,
  municipality: text(80),
  period: oneOf('week', 'month', 'half_year', 'year', 'longer', 'ongoing'),
  pass_on: (value) =>
    hasExactly(value, ['scope', 'to']) &&
    oneOf('nobody', 'pattern', 'details', 'name')(value.scope) &&
    someOf(RECEIVERS)(value.to) && (value.scope === 'nobody') === (value.to.length === 0),
  address_as: text(200),
  answerer: oneOf('woman', 'man', 'any'),
  reply_language: LANGUAGE,
  contact: text(500),
  reply_key: like(/^[0-9a-f]{64}$/),
  tag_key: like(/^[0-9a-f]{64}$/),
};

/**
 * WIRE.md 5: the code points that count as white space, spelled out so that both languages agree.
 * @param {string} value
 */
export function isBlank(value) {
  return /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/.test(value);
}

/** @type {Record<string, Rule>} the table of WIRE.md 5.4 */
const AGAIN = {
  complaint_id: REQUIRED.complaint_id,
  form_language: LANGUAGE,
  reply_key: OPTIONAL.reply_key,
  tag_key: OPTIONAL.tag_key,
  ask: oneOf('write', 'withdraw', 'solved', 'erase'),
};

/** @param {Record<string, any>} followUp @returns {void} throws `schema` */
function checkFollowUp(followUp) {
  const { ask, story, withdraw } = followUp;
  for (const [name, rule] of Object.entries(AGAIN)) must(has(followUp, name) && rule(followUp[name]), 'schema');
  must(story === undefined ? ask !== 'write' : REQUIRED.story(story), 'schema');
  must((withdraw !== undefined) === (ask === 'withdraw'), 'schema');
  must(withdraw === undefined || (someOf(['act', 'count', 'quote', 'pass_on'])(withdraw) && withdraw.length > 0), 'schema');
}

/** @param {Record<string, any>} complaint or a follow-up @returns {void} throws `schema` */
export function checkComplaint(complaint) {
  if (complaint.schema === 2) return checkFollowUp(complaint);
  for (const [name, rule] of Object.entries(REQUIRED)) must(has(complaint, name) && rule(complaint[name]), 'schema');
  for (const [name, rule] of Object.entries(OPTIONAL)) must(!has(complaint, name) || rule(complaint[name]), 'schema');
  must(has(complaint, 'reply_key') === has(complaint, 'tag_key'), 'schema');
}
