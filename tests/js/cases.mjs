/** How each case of tests/vectors is run, by the name of its file; vectors.test.mjs and mutant.mjs run them. */
import assert from 'node:assert/strict';
import { openBoard } from '../../overrides/assets/board.mjs';
import { deriveKeys, normaliseCode } from '../../overrides/assets/code.mjs';
import { parseKeyList, pickKey } from '../../overrides/assets/keylist.mjs';
import { checkedBy } from '../../overrides/assets/signature.mjs';
import { verify as ownVerify } from '../../overrides/assets/verify.mjs';
import { verify as nobleVerify } from '../../overrides/assets/verify_older.mjs';
import { PLAINTEXT_BYTES, parseComplaint, parsePlaintext, toHex } from '../../overrides/assets/wire.mjs';
import { openObject } from './open.mjs';
import { edit, fromHex, mustKnow, outcome, outcomeOf, readVectors } from './vectors.mjs';

/** @typedef {(one: any, content: any) => void | Promise<void>} Run one case, and all of its file */

/** @type {Run} */
function object(one, content) {
  mustKnow(one, ['base', 'set', 'length', 'seeds', 'text']);
  const base = new Uint8Array(Buffer.from(content.objects[one.base], 'base64'));
  const bytes = edit(base, one.set ?? [], one.length ?? base.length);
  const result = outcome(() => openObject(bytes, (one.seeds ?? content.seeds).map(fromHex)));
  assert.equal(result.expect, one.expect);
  if (one.expect === 'ok') assert.equal(Buffer.from(result.value).toString('utf8'), one.text);
  else assert.equal(result.error.message, one.expect, 'an error says nothing but the check');
}

/** @type {Run} */
function plaintext(one) {
  mustKnow(one, ['start', 'fill', 'set', 'size']);
  const filled = new Uint8Array(PLAINTEXT_BYTES).fill(one.fill ? fromHex(one.fill)[0] : 0);
  filled.set(fromHex(one.start));
  const bytes = edit(filled, one.set ?? [], one.size ?? PLAINTEXT_BYTES);
  assert.equal(outcome(() => parsePlaintext(bytes)).expect, one.expect);
}

/** @type {Run} */
function complaint(one) {
  mustKnow(one, ['text', 'hex']);
  const json = one.hex ? fromHex(one.hex) : new TextEncoder().encode(one.text);
  const result = outcome(() => parseComplaint(json));
  assert.equal(result.expect, one.expect);
  if (one.expect === 'ok') assert.equal(JSON.stringify(result.value), one.text);
}

/** Who verifies: a browser of today itself, and noble in an older one. Each case with a signature is run with both. */
const CHECKS = [ownVerify, nobleVerify].map(checkedBy);

/** @type {Run} */
async function keylist(one) {
  mustKnow(one, ['text', 'pinned', 'issued_at_least']);
  for (const isSigned of CHECKS) {
    const result = await outcomeOf(parseKeyList(one.text, one.pinned, isSigned, one.issued_at_least));
    assert.equal(result.expect, one.expect);
  }
}

/** @type {Run} */
function pick(one, content) {
  mustKnow(one, ['list', 'now', 'built', 'id']);
  const list = JSON.parse(JSON.parse(content.pick_lists[one.list]).signed);
  assert.equal(pickKey(list, Date.parse(one.now), one.built)?.id ?? null, one.id);
}

/** @type {Run} */
function code(one) {
  mustKnow(one, ['typed', 'digits']);
  if (one.expect === 'ok') assert.equal(normaliseCode(one.typed), one.digits);
  else assert.throws(() => normaliseCode(one.typed), { name: 'Error', reason: /^(digits|check)$/ });
}

/** @type {Run} */
async function derivation({ digits, reply_key, tag_key }) {
  const { replyKey, tagKey } = await deriveKeys(digits);
  assert.deepEqual([toHex(replyKey), toHex(tagKey)], [reply_key, tag_key]);
}

/** @type {Run} */
async function board(one, content) {
  mustKnow(one, ['code', 'today', 'least_epoch', 'board_key', 'size', 'set', 'reads']);
  const { reply_key, tag_key } = content.codes[one.code];
  const keys = { replyKey: fromHex(reply_key), tagKey: fromHex(tag_key) };
  const bytes = edit(new Uint8Array(0), one.set, one.size);
  const boardKey = fromHex(one.board_key ?? content.board_key);
  const known = { today: one.today, leastEpoch: one.least_epoch };
  for (const isSigned of CHECKS) {
    const opening = openBoard(bytes, keys, boardKey, known, isSigned);
    if (one.expect.startsWith('board_')) {
      await assert.rejects(opening, { check: one.expect, message: one.expect });
      continue;
    }
    const { broken, ...reads } = await opening;
    assert.deepEqual(reads, one.reads);
    assert.equal(broken ?? 'ok', one.expect); // null: none failed
  }
}

/** @type {Record<string, Run>} */
const RUNS = { object, plaintext, complaint, keylist, code, board };

/**
 * Every case of one vector file, whatever list it stands in.
 * @param {string} file @returns {{name: string, run: () => void | Promise<void>}[]}
 */
export function casesOf(file) {
  const content = readVectors(file);
  const bound = (/** @type {string} */ kind, /** @type {Run} */ run, /** @type {any[]} */ cases = []) =>
    cases.map((one) => ({ name: `${kind} ${one.name ?? one.digits}`, run: () => run(one, content) }));
  return [
    ...bound(file, RUNS[file], content.cases),
    ...bound('pick', pick, content.picks),
    ...bound('derivation', derivation, content.derivations),
  ];
}

export const VECTOR_FILES = Object.keys(RUNS);
