/**
 * X-Wing (draft-connolly-cfrg-xwing-kem, WIRE.md 3), of which sealing needs one half: a public key in, its encapsulated key
 * and the shared secret out. ML-KEM-768, X25519 and SHA3 are noble's. Noble's own X-Wing brings key generation, opening and
 * eight other KEMs' machinery with it. It knows no message.
 */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { concatBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { x25519 } from './x25519.mjs';

const MLKEM_PUBLIC_BYTES = 1184; // WIRE.md 3
const LABEL = utf8ToBytes('\\.//^\\'); // draft-connolly-cfrg-xwing-kem section 5.3

/**
 * Throws where a half of the key is none to seal to (WIRE.md 3): the modulus check of FIPS 203, a point of small order.
 * @param {Uint8Array} publicKey 1,216 bytes
 * @param {Uint8Array} seed 64 bytes, random but for published vectors
 * @returns {{cipherText: Uint8Array, sharedSecret: Uint8Array}} 1,120 and 32 bytes
 */
export function encapsulate(publicKey, seed = randomBytes(64)) {
  const theirs = publicKey.subarray(MLKEM_PUBLIC_BYTES);
  const lattice = ml_kem768.encapsulate(publicKey.subarray(0, MLKEM_PUBLIC_BYTES), seed.subarray(0, 32));
  const secret = x25519.getSharedSecret(seed.subarray(32), theirs);
  const ours = x25519.getPublicKey(seed.subarray(32));
  const joined = concatBytes(lattice.sharedSecret, secret, ours, theirs, LABEL);
  const sharedSecret = sha3_256(joined);
  for (const used of [lattice.sharedSecret, secret, joined]) used.fill(0);
  return { cipherText: concatBytes(lattice.cipherText, ours), sharedSecret };
}
