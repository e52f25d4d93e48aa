/** X25519 and the half of X-Wing that we ship, against RFC 7748 and noble's own X-Wing, and what they refuse. */
import { x25519 as nobleX25519 } from '@noble/curves/ed25519.js';
import { ml_kem768_x25519 as noble } from '@noble/post-quantum/hybrid.js';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { toHex } from '../../overrides/assets/wire.mjs';
import { x25519 } from '../../overrides/assets/x25519.mjs';
import { encapsulate } from '../../overrides/assets/xwing.mjs';
import { fromHex } from './vectors.mjs';

const ROUNDS = process.env.BALIE_SOAK ? 500 : 10;
const SMALL = [ // u of small order, and their other encodings: curve25519 and its twist
  '00'.repeat(32),
  '01'.padEnd(64, '0'),
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
];

test('X25519 gives what RFC 7748 section 5.2 prints', () => {
  const printed = [
    ['a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552'],
    ['4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
      '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957'],
  ];
  for (const [scalar, u, product] of printed) {
    assert.equal(toHex(x25519.getSharedSecret(fromHex(scalar), fromHex(u))), product);
  }
  const [rounds, last] = process.env.BALIE_SOAK
    ? [1000, '684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51']
    : [1, '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079'];
  let [scalar, u] = [x25519.GuBytes, x25519.GuBytes];
  for (let i = 0; i < rounds; i += 1) [scalar, u] = [x25519.getSharedSecret(scalar, u), scalar];
  assert.equal(toHex(scalar), last);
});

test('the base point takes the same way with and without the tables of the other curve', () => {
  for (let i = 0; i < ROUNDS; i += 1) {
    const scalar = new Uint8Array(randomBytes(32));
    assert.deepEqual(x25519.getPublicKey(scalar), nobleX25519.getPublicKey(scalar));
  }
});

test('the same randomness gives the bytes of the other X-Wing, and nothing given is written to', () => {
  for (let i = 0; i < ROUNDS; i += 1) {
    const { publicKey } = noble.keygen(new Uint8Array(randomBytes(32)));
    const seed = new Uint8Array(randomBytes(64));
    const before = [publicKey, seed].map(toHex);
    assert.deepEqual(encapsulate(publicKey, seed), noble.encapsulate(publicKey, seed));
    assert.deepEqual([publicKey, seed].map(toHex), before);
  }
});

test('without randomness given, no two are alike, and the other X-Wing opens each', () => {
  const { publicKey, secretKey } = noble.keygen(new Uint8Array(randomBytes(32)));
  const made = Array.from({ length: ROUNDS }, () => encapsulate(publicKey));
  assert.equal(new Set(made.map(({ cipherText }) => toHex(cipherText.subarray(0, 1088)))).size, ROUNDS);
  assert.equal(new Set(made.map(({ cipherText }) => toHex(cipherText.subarray(1088)))).size, ROUNDS);
  for (const { cipherText, sharedSecret } of made) {
    assert.deepEqual(noble.decapsulate(cipherText, secretKey), sharedSecret);
  }
});

test('nothing is sealed to a key with a half that is none', () => {
  const { publicKey } = noble.keygen(new Uint8Array(32));
  for (const u of SMALL) assert.throws(() => encapsulate(Uint8Array.of(...publicKey.subarray(0, 1184), ...fromHex(u))), u);
  const large = publicKey.slice();
  large.set([0xff, 0xff], 0); // 4,095: not less than 3,329
  assert.throws(() => encapsulate(large));
  for (const length of [0, 32, 1184, 1215]) assert.throws(() => encapsulate(publicKey.subarray(0, length)));
  assert.throws(() => encapsulate(Uint8Array.of(...publicKey, 0)));
});
