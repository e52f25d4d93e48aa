/** Which points may stand in a signature (WIRE.md 1.2), as we look at them, against noble's own curve; and who decides the rest. */
import { ed25519 } from '@noble/curves/ed25519.js';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parseKeyList } from '../../overrides/assets/keylist.mjs';
import { checkedBy } from '../../overrides/assets/signature.mjs';
import { canVerify } from '../../overrides/assets/verify.mjs';
import { fromHex, outcomeOf, readVectors } from './vectors.mjs';

const ROUNDS = process.env.BALIE_SOAK ? 2000 : 60;
const { Point } = ed25519;
const { BASE, ZERO } = Point;
const ORDER = Point.Fn.ORDER;
const P = Point.Fp.ORDER;
const yes = checkedBy(async () => true);
const MESSAGE = new Uint8Array(3);

/** @param {bigint} number @returns {Uint8Array} 32 bytes */
const bytesOf = (number) => fromHex(number.toString(16).padStart(64, '0')).reverse();
/** @param {Uint8Array} half @param {bigint} [scalar] */
const signatureOf = (half, scalar = 0n) => Uint8Array.of(...half, ...bytesOf(scalar));

/** @param {Uint8Array} bytes @returns {boolean} what WIRE.md 1.2 says of a point, by noble's own curve */
function isPlain(bytes) {
  try {
    const point = Point.fromBytes(bytes);
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** @param {Uint8Array} bytes looked at as a key and as a first half */
async function bothWays(bytes) {
  const good = BASE.toBytes();
  return [await yes(signatureOf(good), MESSAGE, bytes), await yes(signatureOf(bytes), MESSAGE, good)];
}

/** @returns {any[]} the eight points whose order divides 8 */
function smallPoints() {
  for (;;) {
    const bytes = new Uint8Array(randomBytes(32));
    try {
      const small = Point.fromBytes(bytes).multiplyUnsafe(ORDER - 1n).add(Point.fromBytes(bytes)); // times the order
      if (!small.double().double().is0()) return Array.from({ length: 8 }, (_, i) => small.multiplyUnsafe(BigInt(i)));
    } catch {} // no point
  }
}

test('a point with any part of small order is refused, and none without', async () => {
  for (let i = 0; i < ROUNDS / 10; i += 1) {
    const plain = BASE.multiply(BigInt(i) + 2n);
    for (const [at, small] of smallPoints().entries()) {
      assert.deepEqual(await bothWays(plain.add(small).toBytes()), [at === 0, at === 0], `part of order ${8 / at}`);
      assert.deepEqual(await bothWays(small.toBytes()), [false, false]);
    }
  }
  assert.deepEqual(await bothWays(ZERO.toBytes()), [false, false]);
});

test('noble sees the same in any 32 bytes, on the curve, beside it and in other encodings', async () => {
  const near = [-3n, -2n, -1n, 0n, 1n, 2n, 3n, 18n];
  const edges = [...near.map((n) => n + P), ...near.slice(3)].flatMap((y) => [y, y + 2n ** 255n]).filter((y) => y < 2n ** 256n);
  const drawn = Array.from({ length: ROUNDS }, () => new Uint8Array(randomBytes(32)));
  const honest = Array.from({ length: ROUNDS }, (_, i) => BASE.multiply(BigInt(i) * 7n + 1n).toBytes());
  for (const bytes of [...edges.map(bytesOf), ...drawn, ...honest]) {
    assert.deepEqual(await bothWays(bytes), [isPlain(bytes), isPlain(bytes)], Buffer.from(bytes).toString('hex'));
  }
});

test('the second half is less than the order, whoever verifies', async () => {
  const good = BASE.toBytes();
  for (const scalar of [0n, 1n, ORDER - 1n]) assert.equal(await yes(signatureOf(good, scalar), MESSAGE, good), true);
  for (const scalar of [ORDER, ORDER + 1n, 2n ** 256n - 1n]) assert.equal(await yes(signatureOf(good, scalar), MESSAGE, good), false);
});

const EQUATION = 'point_scalar_negated'; // its points are good: the verifier alone refuses it

test('a verifier that says yes to all lets no point in, and one that fails says no', async () => {
  const { cases } = readVectors('keylist');
  const points = cases.filter((/** @type {any} */ one) => one.name.startsWith('point_') && one.name !== EQUATION);
  assert.equal(points.length >= 15, true);
  for (const one of points) assert.equal((await outcomeOf(parseKeyList(one.text, one.pinned, yes))).expect, 'keylist', one.name);
  const failing = checkedBy(() => Promise.reject(new Error('no such algorithm')));
  assert.equal(await failing(signatureOf(BASE.toBytes()), MESSAGE, BASE.toBytes()), false);
});

test('a platform that does not know Ed25519 is told from one that does', async () => {
  assert.equal(await canVerify(), true);
  const native = Object.getPrototypeOf(crypto.subtle);
  for (const name of ['importKey', 'verify']) {
    const real = native[name];
    native[name] = () => Promise.reject(new DOMException('', 'NotSupportedError'));
    assert.equal(await canVerify().finally(() => Object.assign(native, { [name]: real })), false);
  }
});
