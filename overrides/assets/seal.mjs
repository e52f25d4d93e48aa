/**
 * Step 2, sealing: a complaint's JSON and the desk's public key in, one object of 16,384 bytes out (WIRE.md 3).
 * HPKE base mode with X-Wing, HKDF-SHA256 and ChaCha20-Poly1305. Every primitive comes from noble; HKDF and the key
 * schedule of RFC 9180 are spelled out here, what joins the two halves of X-Wing in xwing.mjs. It never sees a private key
 * and touches neither page nor network.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { LABEL, OBJECT_BYTES, Refused, buildHeader, buildPlaintext } from './wire.mjs';
import { encapsulate } from './xwing.mjs';

const KEM_KDF_AEAD = Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03); // RFC 9180 section 5.1
const SUITE_ID = concatBytes(utf8ToBytes('HPKE'), KEM_KDF_AEAD);
const VERSION_LABEL = utf8ToBytes('HPKE-v1');
const EMPTY = new Uint8Array(0);

/** @param {Uint8Array} salt @param {string} label @param {Uint8Array} ikm LabeledExtract, RFC 9180 section 4 */
function labeledExtract(salt, label, ikm) {
  return hmac(sha256, salt, concatBytes(VERSION_LABEL, SUITE_ID, utf8ToBytes(label), ikm)); // RFC 5869 section 2.2
}

/** @param {Uint8Array} prk @param {string} label @param {Uint8Array} info @param {number} length at most 32: LabeledExpand */
function labeledExpand(prk, label, info, length) {
  const prefix = Uint8Array.of(length >> 8, length & 255);
  const first = Uint8Array.of(1); // RFC 5869 section 2.3, of which these lengths need one block
  const block = concatBytes(prefix, VERSION_LABEL, SUITE_ID, utf8ToBytes(label), info, first);
  return hmac(sha256, prk, block).subarray(0, length);
}

/**
 * KeySchedule in base mode, RFC 9180 section 5.1, for one message.
 * @param {Uint8Array} sharedSecret 32 bytes from the KEM
 * @param {Uint8Array} info
 * @returns {{key: Uint8Array, nonce: Uint8Array}} 32 and 12 bytes
 */
export function keySchedule(sharedSecret, info) {
  const pskIdHash = labeledExtract(EMPTY, 'psk_id_hash', EMPTY);
  const context = concatBytes(Uint8Array.of(0), pskIdHash, labeledExtract(EMPTY, 'info_hash', info));
  const secret = labeledExtract(sharedSecret, 'secret', EMPTY);
  return {
    key: labeledExpand(secret, 'key', context, 32),
    nonce: labeledExpand(secret, 'base_nonce', context, 12),
  };
}

/** @param {Uint8Array} header 10 bytes @returns {Uint8Array} HPKE info, WIRE.md 3 */
export function sealInfo(header) {
  return concatBytes(utf8ToBytes(LABEL), header);
}

/** @param {Uint8Array} publicKey 1,216 bytes @returns {Uint8Array} 8 bytes, WIRE.md 2 */
export function keyIdOf(publicKey) {
  return sha256(publicKey).subarray(0, 8);
}

/**
 * Seals one complaint. Fails closed: whatever goes wrong is thrown, nothing readable is ever returned.
 * @param {Uint8Array} json 2 to 15,234 bytes, WIRE.md 5
 * @param {Uint8Array} publicKey 1,216 bytes
 * @returns {Uint8Array} 16,384 bytes
 */
export function seal(json, publicKey) {
  const header = buildHeader(keyIdOf(publicKey));
  const { cipherText, sharedSecret } = encapsulate(publicKey);
  const { key, nonce } = keySchedule(sharedSecret, sealInfo(header));
  const object = concatBytes(header, cipherText, chacha20poly1305(key, nonce).encrypt(buildPlaintext(json)));
  if (object.length !== OBJECT_BYTES) throw new Refused('object_length');
  return object;
}

/** @param {Uint8Array} object @returns {Uint8Array} its SHA-256, 32 bytes: the name of WIRE.md 2 */
export function nameOf(object) {
  return sha256(object);
}
