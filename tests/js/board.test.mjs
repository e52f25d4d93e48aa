/** Reading the reply board: equal work for every code, and only the name of a check when a file is not to be believed. */
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';
import { checkedBy } from '../../overrides/assets/signature.mjs';
import { verify } from '../../overrides/assets/verify.mjs';
import { edit, fromHex, readVectors } from './vectors.mjs';

register('./counting.mjs', import.meta.url);
const { MAX_BOARD_BYTES, openBoard } = await import('../../overrides/assets/board.mjs');
const { work } = await import('./counted.mjs');

const isSigned = checkedBy(verify);
const vectors = readVectors('board');
const boardKey = fromHex(vectors.board_key);
const known = { today: '2026-11-28', leastEpoch: 0 };
const unused = { replyKey: new Uint8Array(32).fill(1), tagKey: new Uint8Array(32).fill(2) };
const [hers, other] = ['hers', 'other'].map((name) => ({
  replyKey: fromHex(vectors.codes[name].reply_key),
  tagKey: fromHex(vectors.codes[name].tag_key),
}));

/** @param {string} name @returns {Uint8Array} the board of one case */
function boardOf(name) {
  const one = vectors.cases.find((/** @type {any} */ found) => found.name === name);
  return edit(new Uint8Array(0), one.set, one.size);
}

/** @param {Uint8Array} bytes @param {any} keys what a reading costs: HMACs, boxes, and calls of the browser's own crypto */
async function costOf(bytes, keys) {
  const { subtle } = crypto;
  const native = Object.getPrototypeOf(subtle);
  const calls = [];
  const real = native.digest;
  native.digest = function digest(/** @type {any[]} */ ...args) {
    calls.push(args[1].byteLength);
    return real.apply(this, args);
  };
  Object.assign(work, { hmacs: 0, boxes: 0 });
  const found = await openBoard(bytes, keys, boardKey, known, isSigned).finally(() => Object.assign(native, { digest: real }));
  return { cost: { ...work, calls }, found };
}

test('every code costs the same: never used, unknown to the desk, received, answered, answered at length', async () => {
  const expected = { hmacs: 17, boxes: 16, calls: [139264] };
  for (const name of ['ok_nothing', 'ok_worked_example', 'ok_received', 'ok_several', 'ok_sixteen', 'box_flipped']) {
    for (const keys of [unused, other, hers]) assert.deepEqual((await costOf(boardOf(name), keys)).cost, expected, name);
  }
});

test('what is said about a code without replies holds nothing of the code', async () => {
  const [first, second] = await Promise.all([unused, other].map((keys) => openBoard(boardOf('ok_several'), keys, boardKey, known, isSigned)));
  assert.deepEqual(first, second);
});

test('no bit of a board can be changed', async () => {
  const whole = boardOf('ok_worked_example');
  const places = [...Array(122).keys(), ...Array.from({ length: 40 }, (_, i) => 122 + i * 3481)];
  for (const place of places) {
    const changed = Uint8Array.from(whole);
    changed[place] ^= 1 << (place % 8);
    await assert.rejects(openBoard(changed, hers, boardKey, known, isSigned), { check: /^board_(version|key|signature|hash)$/ });
  }
});

test('a board that lies inside a larger buffer is read as it is', async () => {
  const whole = boardOf('ok_several');
  const larger = new Uint8Array(whole.length + 77).fill(9);
  larger.set(whole, 33);
  const inside = larger.subarray(33, 33 + whole.length);
  assert.deepEqual(await openBoard(inside, hers, boardKey, known, isSigned), await openBoard(whole, hers, boardKey, known, isSigned));
});

test('a board is read and not written to', async () => {
  const whole = boardOf('ok_several');
  const before = Buffer.from(whole).toString('base64');
  await openBoard(whole, hers, boardKey, known, isSigned);
  assert.equal(Buffer.from(whole).toString('base64'), before);
});

test('the dates and the epoch are told for the words about the board', async () => {
  const { epoch, published, next } = await openBoard(boardOf('ok_nothing'), unused, boardKey, known, isSigned);
  assert.deepEqual({ epoch, published, next }, { epoch: 7, published: '2026-11-27', next: '2026-12-04' });
});

test('the largest board is the longest file worth fetching', () => {
  assert.equal(MAX_BOARD_BYTES, boardOf('ok_largest').length); // WIRE.md 7.2
});
