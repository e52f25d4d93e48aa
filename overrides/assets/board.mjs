/**
 * Step 9, reading the reply board (WIRE.md 7.1 to 7.6), twin of desk/wire/board/read.py: the file, a code's keys and the
 * board key in, the state of the board and its replies out. It does equal work for every code, and knows no page and
 * no network.
 */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { isDay, readBoxes } from './replies.mjs';
import { isSigned } from './signature.mjs';
import { Refused, toHex } from './wire.mjs';

const LABEL = utf8ToBytes('balie/1 reply board\n'); // WIRE.md 7.2
const VERSION = toHex(utf8ToBytes('board/1\n')); // WIRE.md 7.2
const HEADER_BYTES = 58; // WIRE.md 7.1
const ACKS_AT = 122; // WIRE.md 7.1
const SLOTS_AT = 8314; // WIRE.md 7.1
const ACK_BYTES = 8; // WIRE.md 7.3
const SLOT_BYTES = 1024; // WIRE.md 7.4
const TAG_BYTES = 16; // WIRE.md 7.4
const BOX_AT = 40; // WIRE.md 7.4
const COUNTERS = 16; // WIRE.md 7.4
const OLD_AFTER_DAYS = 7; // WIRE.md 7.6
const DAY_MS = 86_400_000;

/** The longest board there is (WIRE.md 7.1, 7.2): what is longer need not be fetched to its end. */
export const MAX_BOARD_BYTES = SLOTS_AT + 2 ** 12 * SLOT_BYTES;

/**
 * @typedef {{epoch: number, published: number, next: number, n: number, nextN: number, hash: string}} Header
 *   days are numbers
 */
/** @typedef {'fresh' | 'late' | 'old' | 'rolled_back'} State WIRE.md 7.6 */

/** @param {boolean} holds @param {string} check */
function must(holds, check) {
  if (!holds) throw new Refused(check);
}

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {number} day @returns {string} YYYY-MM-DD */
const dateOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** @param {Uint8Array} bytes at least 58 @returns {Header} */
function parseHeader(bytes) {
  const view = viewOf(bytes);
  const header = {
    epoch: view.getUint32(16),
    published: view.getUint16(20),
    next: view.getUint16(22),
    n: bytes[24],
    nextN: bytes[25],
    hash: toHex(bytes.subarray(26, HEADER_BYTES)),
  };
  must(header.epoch >= 1 && header.published < header.next, 'board_header');
  must([header.published, header.next].every(isDay), 'board_header');
  must([header.n, header.nextN].every((n) => n >= 7 && n <= 12), 'board_header');
  return header;
}

/**
 * WIRE.md 7.6: verifies the file, in the order of the checks.
 * @param {Uint8Array} bytes the whole file
 * @param {Uint8Array} boardKey 32 bytes
 * @returns {Promise<Header>}
 */
async function verify(bytes, boardKey) {
  must(bytes.length >= ACKS_AT, 'board_length');
  must(toHex(bytes.subarray(0, 8)) === VERSION, 'board_version');
  must(toHex(bytes.subarray(8, 16)) === toHex(sha256(boardKey).subarray(0, 8)), 'board_key');
  const message = concatBytes(LABEL, bytes.subarray(0, HEADER_BYTES));
  must(isSigned(bytes.subarray(HEADER_BYTES, ACKS_AT), message, boardKey), 'board_signature');
  const header = parseHeader(bytes);
  must(bytes.length === SLOTS_AT + 2 ** header.n * SLOT_BYTES, 'board_length');
  // The browser's own hash: a megabyte in script takes seconds where the compiler is switched off.
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice(ACKS_AT));
  must(toHex(new Uint8Array(digest)) === header.hash, 'board_hash');
  return header;
}

/** @param {Header} header @param {string} today @param {number} leastEpoch @returns {State} */
function stateOf(header, today, leastEpoch) {
  if (header.epoch < leastEpoch) return 'rolled_back';
  if (today > dateOf(header.next + OLD_AFTER_DAYS)) return 'old';
  return today > dateOf(header.next) ? 'late' : 'fresh';
}

/** @param {Uint8Array} tagKey @param {string} use @param {number} epoch @param {number[]} counter */
function tagOf(tagKey, use, epoch, ...counter) {
  const message = concatBytes(utf8ToBytes(use), new Uint8Array(4), Uint8Array.from(counter));
  viewOf(message).setUint32(use.length, epoch);
  return hmac(sha256, tagKey, message);
}

/** @param {Uint8Array} bytes @param {number} size @returns {Uint8Array[]} */
function cut(bytes, size) {
  return Array.from({ length: bytes.length / size }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** @param {Uint8Array} bytes @param {Uint8Array} start @returns {boolean} */
function beginsWith(bytes, start) {
  return start.every((byte, i) => bytes[i] === byte);
}

/** @param {Uint8Array} replyKey @param {Uint8Array} slot @returns {Uint8Array | null} null: it does not open */
function openBox(replyKey, slot) {
  try {
    return xsalsa20poly1305(replyKey, slot.subarray(TAG_BYTES, BOX_AT)).decrypt(slot.subarray(BOX_AT));
  } catch {
    return null;
  }
}

/**
 * WIRE.md 7.6, equal work: one tag and one box for each counter, whether or not a slot bears the tag.
 * @param {Uint8Array[]} slots @param {{replyKey: Uint8Array, tagKey: Uint8Array}} keys @param {number} epoch
 * @returns {(Uint8Array | null)[]} of the slots that bear a tag
 */
function openBoxes(slots, keys, epoch) {
  const tried = Array.from({ length: COUNTERS }, (_, counter) => {
    const tag = tagOf(keys.tagKey, 'slot', epoch, counter).subarray(0, TAG_BYTES);
    const [found] = slots.filter((slot) => beginsWith(slot, tag)); // all are looked at, whatever the first one says
    return { isFound: found !== undefined, inside: openBox(keys.replyKey, found ?? slots[counter]) };
  });
  return tried.filter(({ isFound }) => isFound).map(({ inside }) => inside);
}

/**
 * WIRE.md 7.6. Throws Refused with a `board_` check if the file is not to be believed.
 * @param {Uint8Array} bytes the whole file
 * @param {{replyKey: Uint8Array, tagKey: Uint8Array}} keys of the code, 32 bytes each
 * @param {Uint8Array} boardKey 32 bytes, from the verified key list
 * @param {{today: string, leastEpoch: number}} known the later of the clock and the day of the build, YYYY-MM-DD; the
 *   least epoch to be expected, 0 for none
 * @returns {Promise<{state: State, epoch: number, published: string, next: string, acknowledged: boolean,
 *   replies: import('./replies.mjs').Reply[], broken: string | null}>} `broken` is null, or the `slot_` check that some slot
 *   or reply failed
 */
export async function openBoard(bytes, keys, boardKey, { today, leastEpoch }) {
  const header = await verify(bytes, boardKey);
  const acks = cut(bytes.subarray(ACKS_AT, SLOTS_AT), ACK_BYTES);
  const acknowledgement = tagOf(keys.tagKey, 'ack', header.epoch).subarray(0, ACK_BYTES);
  const boxes = openBoxes(cut(bytes.subarray(SLOTS_AT), SLOT_BYTES), keys, header.epoch);
  return {
    state: stateOf(header, today, leastEpoch),
    epoch: header.epoch,
    published: dateOf(header.published),
    next: dateOf(header.next),
    acknowledged: acks.filter((ack) => beginsWith(ack, acknowledgement)).length > 0,
    ...readBoxes(boxes),
  };
}
