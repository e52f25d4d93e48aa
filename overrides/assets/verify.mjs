/**
 * Ed25519 by the browser itself, for those of 2023 to 2025 and later: a signature, a message and a public key in, whether
 * the equation holds out. Engines differ in which points they take, so nobody asks but signature.mjs. Twin of
 * verify_older.mjs. It imports nothing.
 */

const ED25519 = 'Ed25519';

/** @param {Uint8Array} signature 64 bytes @param {Uint8Array} message @param {Uint8Array} publicKey 32 bytes */
export async function verify(signature, message, publicKey) {
  const bytes = /** @type {BufferSource[]} */ ([publicKey, signature, message]);
  const key = await crypto.subtle.importKey('raw', bytes[0], ED25519, false, ['verify']);
  return crypto.subtle.verify(ED25519, key, bytes[1], bytes[2]);
}

/** @returns {Promise<boolean>} whether this browser has it: it answers about a signature of zeros, true or false */
export function canVerify() {
  const basePoint = Uint8Array.of(0x58, ...new Uint8Array(31).fill(0x66)); // RFC 8032 section 5.1
  return verify(new Uint8Array(64), basePoint, basePoint).then(() => true, () => false);
}
