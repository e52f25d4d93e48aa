/**
 * Ed25519 as WIRE.md 1.2 has it, twin of desk/wire/signature.py: a signature, a message and a public key in, whether it holds
 * out. It knows no page and no network, and refuses to know what was signed.
 */
import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * One encoding, and a point of the subgroup of prime order: there it makes no difference whether the equation is
 * multiplied by the cofactor, in which libraries differ.
 * @param {Uint8Array} bytes 32
 */
function isPlainPoint(bytes) {
  const point = ed25519.Point.fromBytes(bytes);
  return !point.is0() && point.isTorsionFree();
}

/**
 * @param {Uint8Array} signature 64 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} publicKey 32 bytes
 * @returns {boolean}
 */
export function isSigned(signature, message, publicKey) {
  try {
    return isPlainPoint(publicKey) && isPlainPoint(signature.subarray(0, 32)) &&
      ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
