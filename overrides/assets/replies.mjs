/**
 * Step 9, the replies in the opened boxes of one code (WIRE.md 7.5, 7.6), twin of desk/wire/board/replies.py: boxes of 968
 * bytes in, replies out, and the first check that failed. It imports the byte contract only, and knows no key and no page.
 */
import { Refused } from './wire.mjs';

const TEXT_AT = 18; // WIRE.md 7.5
const PART_TEXT_BYTES = 950; // WIRE.md 7.5
const MAX_PARTS = 4; // WIRE.md 7.5
const MAX_NUMBER = 15; // WIRE.md 7.5
const DAY_MS = 86_400_000;
const [FIRST_DAY, LAST_DAY] = [10_957, 47_481]; // WIRE.md 1: 2000-01-01 and 2099-12-31
const KINDS = ['answer', 'status', 'notice']; // WIRE.md 7.5
const STATUS_WORDS = ['read', 'in_contact', 'acting', 'waiting_body', 'waiting_sender', 'reporting', 'closed'];
const DONE_AT_ONCE = ['withdraw'];
const DONE_WHEN_DUE = ['solved', 'erase'];

/** @typedef {{kind: string, number: number, part: number, parts: number, day: number, language: string, due: number, text: Uint8Array}} Part */
/** @typedef {{kind: string, written: string, language: string, due: number, text: string}} Reply `written` is YYYY-MM-DD */

/** @param {boolean} holds @param {string} check */
function must(holds, check) {
  if (!holds) throw new Refused(check);
}

/** @param {number} day since 1970-01-01 @returns {boolean} WIRE.md 1 */
export const isDay = (day) => day >= FIRST_DAY && day <= LAST_DAY;

/** @param {Part} part @param {string} language of five characters @param {number} length */
function checkForm({ kind, number, part, parts, day, due }, language, length) {
  const isLanguage = kind === 'answer' ? /^[a-z]{2}(-[A-Z]{2}|\0{3})$/.test(language) : language === '\0'.repeat(5);
  must(kind !== undefined && number <= MAX_NUMBER && part < parts && parts <= MAX_PARTS, 'slot_form');
  must(isLanguage && (due === 0 || kind === 'notice'), 'slot_form');
  must(length >= 1 && length <= PART_TEXT_BYTES && isDay(day), 'slot_form');
}

/** @param {Uint8Array | null} opened 968 bytes @returns {Part} WIRE.md 7.5 */
function parsePart(opened) {
  if (opened === null) throw new Refused('slot_box');
  const view = new DataView(opened.buffer, opened.byteOffset);
  const [kind, number, part, parts] = opened;
  const language = String.fromCharCode(...opened.subarray(6, 11));
  const length = view.getUint16(11);
  const found = {
    kind: KINDS[kind - 1],
    number, part, parts,
    day: view.getUint16(4),
    language: language.replace(/\0+$/, ''),
    due: view.getUint32(13),
    text: opened.subarray(TEXT_AT, TEXT_AT + length),
  };
  checkForm(found, language, length);
  must(opened[17] === 0 && opened.subarray(TEXT_AT + length).every((byte) => byte === 0), 'slot_padding');
  return found;
}

/** @param {string} kind @param {string} text @param {number} due @returns {boolean} WIRE.md 7.5, the second table */
function isSaid(kind, text, due) {
  if (kind === 'answer') return true;
  if (kind === 'status') return STATUS_WORDS.includes(text);
  return (due === 0 ? DONE_AT_ONCE : DONE_WHEN_DUE).includes(text);
}

/** @param {Uint8Array[]} pieces @returns {string} a character may lie in two of them */
function decode(pieces) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
  } catch {
    throw new Refused('slot_text');
  }
}

/** @param {Part[]} parts of one number @returns {Reply} WIRE.md 7.5 */
function joinParts(parts) {
  const ordered = [...parts].sort((one, other) => one.part - other.part);
  const { kind, day, language, due } = ordered[0];
  const shared = (/** @type {Part} */ part) => [part.kind, part.parts, part.day, part.language, part.due].join();
  must(ordered.every((part) => shared(part) === shared(ordered[0])), 'slot_parts');
  must(ordered.length === ordered[0].parts && ordered.every(({ part }, i) => part === i), 'slot_parts');
  must(ordered.slice(0, -1).every((part) => part.text.length === PART_TEXT_BYTES), 'slot_parts');
  const text = decode(ordered.map((part) => part.text));
  must(isSaid(kind, text, due), 'slot_text');
  return { kind, written: new Date(day * DAY_MS).toISOString().slice(0, 10), language, due, text };
}

/**
 * Keeps what can be read, and the first check that failed.
 * @template In, Out @param {In[]} items @param {(item: In) => Out} act @param {string[]} broken filled
 * @returns {Out[]}
 */
function eachThatHolds(items, act, broken) {
  return items.flatMap((item) => {
    try {
      return [act(item)];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      broken.push(error.check);
      return [];
    }
  });
}

/**
 * WIRE.md 7.6: what can be read, by day and then by number.
 * @param {(Uint8Array | null)[]} boxes null: it did not open
 * @returns {{replies: Reply[], broken: string | null}} `broken` is null, or the first check that failed
 */
export function readBoxes(boxes) {
  /** @type {string[]} */
  const broken = [];
  const parts = eachThatHolds(boxes, parsePart, broken);
  const numbers = [...new Set(parts.map((part) => part.number))].sort((one, other) => one - other);
  const together = numbers.map((number) => parts.filter((part) => part.number === number));
  const replies = eachThatHolds(together, joinParts, broken);
  replies.sort((one, other) => (one.written < other.written ? -1 : Number(one.written > other.written)));
  return { replies, broken: broken[0] ?? null };
}
