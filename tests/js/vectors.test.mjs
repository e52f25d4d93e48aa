/** Every case of tests/vectors, in JavaScript; tests/test_vectors.py runs the same in Python. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBoard } from '../../overrides/assets/board.mjs';
import { deriveKeys, normaliseCode } from '../../overrides/assets/code.mjs';
import { parseKeyList, pickKey } from '../../overrides/assets/keylist.mjs';
import { JSON_MAX_BYTES, PLAINTEXT_BYTES, parseComplaint, parsePlaintext, toHex } from '../../overrides/assets/wire.mjs';
import { openObject } from './open.mjs';
import { edit, fromHex, mustKnow, outcome, readVectors } from './vectors.mjs';

const objects = readVectors('object');
for (const one of objects.cases) {
  test(`object ${one.name}`, () => {
    mustKnow(one, ['base', 'set', 'length', 'seeds', 'text']);
    const base = new Uint8Array(Buffer.from(objects.objects[one.base], 'base64'));
    const object = edit(base, one.set ?? [], one.length ?? base.length);
    const result = outcome(() => openObject(object, (one.seeds ?? objects.seeds).map(fromHex)));
    assert.equal(result.expect, one.expect);
    if (one.expect === 'ok') assert.equal(Buffer.from(result.value).toString('utf8'), one.text);
    else assert.equal(result.error.message, one.expect, 'an error says nothing but the check');
  });
}

for (const one of readVectors('plaintext').cases) {
  test(`plaintext ${one.name}`, () => {
    mustKnow(one, ['start', 'fill', 'set', 'size']);
    const filled = new Uint8Array(PLAINTEXT_BYTES).fill(one.fill ? fromHex(one.fill)[0] : 0);
    filled.set(fromHex(one.start));
    const plaintext = edit(filled, one.set ?? [], one.size ?? PLAINTEXT_BYTES);
    assert.equal(outcome(() => parsePlaintext(plaintext)).expect, one.expect);
  });
}

for (const one of readVectors('complaint').cases) {
  test(`complaint ${one.name}`, () => {
    mustKnow(one, ['text', 'hex']);
    const json = one.hex ? fromHex(one.hex) : new TextEncoder().encode(one.text);
    const result = outcome(() => parseComplaint(json));
    assert.equal(result.expect, one.expect);
    if (one.expect === 'ok') assert.equal(JSON.stringify(result.value), one.text);
  });
}

const keylists = readVectors('keylist');
for (const one of keylists.cases) {
  test(`key list ${one.name}`, () => {
    mustKnow(one, ['text', 'pinned', 'issued_at_least']);
    assert.equal(outcome(() => parseKeyList(one.text, one.pinned, one.issued_at_least)).expect, one.expect);
  });
}

for (const one of keylists.picks) {
  test(`key picked: ${one.name}`, () => {
    mustKnow(one, ['list', 'now', 'built', 'id']);
    const list = JSON.parse(JSON.parse(keylists.pick_lists[one.list]).signed);
    assert.equal(pickKey(list, Date.parse(one.now), one.built)?.id ?? null, one.id);
  });
}

const codes = readVectors('code');
for (const one of codes.cases) {
  test(`code ${one.name}`, () => {
    mustKnow(one, ['typed', 'digits']);
    if (one.expect === 'ok') assert.equal(normaliseCode(one.typed), one.digits);
    else assert.throws(() => normaliseCode(one.typed), { name: 'Error', reason: /digits|check/ });
  });
}

test('the derived keys are those of every other implementation', async () => {
  for (const { digits, reply_key, tag_key } of codes.derivations) {
    const { replyKey, tagKey } = await deriveKeys(digits);
    assert.deepEqual([toHex(replyKey), toHex(tagKey)], [reply_key, tag_key]);
  }
});

const boards = readVectors('board');
for (const one of boards.cases) {
  test(`board ${one.name}`, async () => {
    mustKnow(one, ['code', 'today', 'least_epoch', 'board_key', 'size', 'set', 'reads']);
    const { reply_key, tag_key } = boards.codes[one.code];
    const keys = { replyKey: fromHex(reply_key), tagKey: fromHex(tag_key) };
    const bytes = edit(new Uint8Array(0), one.set, one.size);
    const boardKey = fromHex(one.board_key ?? boards.board_key);
    const opening = openBoard(bytes, keys, boardKey, { today: one.today, leastEpoch: one.least_epoch });
    if (one.expect.startsWith('board_')) return assert.rejects(opening, { check: one.expect, message: one.expect });
    const { state, acknowledged, replies, broken } = await opening;
    assert.deepEqual({ state, acknowledged, replies }, one.reads);
    assert.equal(broken ?? 'ok', one.expect); // null: none failed
  });
}

test('the longest JSON leaves no padding', () => {
  assert.equal(JSON_MAX_BYTES, 15234); // WIRE.md 4
});
