/** A second, independent implementation of HPKE with X-Wing, in both directions: what we seal it opens, and the other way. */
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyIdOf, seal, sealInfo } from '../../overrides/assets/seal.mjs';
import { buildHeader, buildPlaintext, parsePlaintext } from '../../overrides/assets/wire.mjs';
import { openObject } from './open.mjs';
import { readVectors } from './vectors.mjs';

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const seed = new Uint8Array(32).fill(0x42);
const { publicKey } = xwing.keygen(seed);
const texts = readVectors('object').cases.filter((/** @type {any} */ one) => one.text).map((/** @type {any} */ one) => one.text);

/** @param {Uint8Array} bytes @returns {ArrayBuffer} */
const buffer = (bytes) => /** @type {ArrayBuffer} */ (Uint8Array.from(bytes).buffer);

test('what we seal, the other implementation opens', async () => {
  const recipientKey = await suite.kem.deserializePrivateKey(buffer(seed)); // an X-Wing private key is its seed
  for (const text of texts) {
    const object = seal(new TextEncoder().encode(text), publicKey);
    const recipient = { recipientKey, enc: buffer(object.subarray(10, 1130)), info: buffer(sealInfo(object.subarray(0, 10))) };
    const opened = await suite.open(recipient, buffer(object.subarray(1130)));
    assert.equal(new TextDecoder().decode(parsePlaintext(new Uint8Array(opened))), text);
  }
});

test('what the other implementation seals, we open', async () => {
  const recipientPublicKey = await suite.kem.deserializePublicKey(buffer(publicKey));
  for (const text of texts) {
    const header = buildHeader(keyIdOf(publicKey));
    const plaintext = buildPlaintext(new TextEncoder().encode(text));
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: buffer(sealInfo(header)) }, buffer(plaintext));
    const object = new Uint8Array([...header, ...new Uint8Array(enc), ...new Uint8Array(ct)]);
    assert.equal(new TextDecoder().decode(openObject(object, [seed])), text);
  }
});
