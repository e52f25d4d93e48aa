/**
 * The published vectors of X-Wing and of HPKE's suite (0x647A, 1, 3), through the library, what we join of it and the key
 * schedule we ship.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keySchedule } from '../../overrides/assets/seal.mjs';
import { toHex } from '../../overrides/assets/wire.mjs';
import { encapsulate } from '../../overrides/assets/xwing.mjs';
import { fromHex, readPublished } from './vectors.mjs';

const xwings = readPublished('xwing-test-vectors');
const suites = readPublished('hpke-pq-test-vectors');
const absent = 'published vectors are absent: ../shared/vectors is not here';

test('X-Wing gives the published keys, ciphertexts and secrets', { skip: xwings ? false : absent }, () => {
  assert.equal(xwings.length, 3);
  for (const { seed, eseed, ss, pk, ct } of xwings) {
    const pair = xwing.keygen(fromHex(seed));
    const { cipherText, sharedSecret } = encapsulate(pair.publicKey, fromHex(eseed));
    assert.deepEqual([pair.publicKey, cipherText, sharedSecret].map(toHex), [pk, ct, ss]);
    assert.equal(toHex(xwing.decapsulate(fromHex(ct), pair.secretKey)), ss);
  }
});

test('HPKE opens every published message of the suite', { skip: suites ? false : absent }, () => {
  const ours = suites.filter((/** @type {any} */ suite) =>
    suite.kem_id === 0x647a && suite.kdf_id === 1 && suite.aead_id === 3 && suite.mode === 0);
  assert.equal(ours.length, 1);
  const [suite] = ours;
  const secret = xwing.decapsulate(fromHex(suite.enc), fromHex(suite.skRm));
  const { key, nonce } = keySchedule(secret, fromHex(suite.info));
  assert.deepEqual([secret, key, nonce].map(toHex), [suite.shared_secret, suite.key, suite.base_nonce]);
  suite.encryptions.forEach((/** @type {any} */ message, /** @type {number} */ i) => {
    const sequence = nonce.slice(); // RFC 9180 section 5.2: the nonce is mixed with the message's number
    sequence[11] ^= i;
    const opened = chacha20poly1305(key, sequence, fromHex(message.aad)).decrypt(fromHex(message.ct));
    assert.equal(toHex(opened), message.pt);
  });
});
