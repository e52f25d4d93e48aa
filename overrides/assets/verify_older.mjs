/**
 * Ed25519 by noble, for browsers that have none of their own: a signature, a message and a public key in, whether the
 * equation holds out. Twin of verify.mjs.
 */
import { ed25519 } from '@noble/curves/ed25519.js';

/** @param {Uint8Array} signature 64 bytes @param {Uint8Array} message @param {Uint8Array} publicKey 32 bytes */
export async function verify(signature, message, publicKey) {
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
