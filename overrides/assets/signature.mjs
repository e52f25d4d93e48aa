/**
 * Ed25519 as WIRE.md 1.2 has it, twin of desk/wire/signature.py: a signature, a message and a public key in, whether it
 * holds out. Which points may stand there it finds out itself; the equation it leaves to `verify`, the browser's or
 * noble's. It knows no page and no network, and refuses to know what was signed.
 */
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { P, inverse, multiply } from './x25519.mjs';

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n; // RFC 8032 section 5.1
// A point times this is itself, but for a part of small order, times five: 5 is odd, and the ladder takes 255 bits only.
const ROUND = numberToBytesLE(5n * ORDER + 1n, 32);

/** @typedef {(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => Promise<boolean>} Check */

/**
 * One encoding, and a point of the subgroup of prime order: there it makes no difference whether the equation is
 * multiplied by the cofactor, in which libraries differ. Looked at as a point of curve25519 (RFC 7748 section 4.1), where
 * it has the same order; what is no point of the curve is one of its twist, which has no such subgroup. A point of small
 * order the ladder itself refuses, as it does the identity, y = 1, for which u comes out as 0.
 * @param {Uint8Array} bytes 32 @returns {boolean} or throws
 */
function isPlainPoint(bytes) {
  const y = bytesToNumberLE(bytes) & (2n ** 255n - 1n);
  const u = ((1n + y) * inverse(P + 1n - y)) % P;
  return y < P && bytesToNumberLE(multiply(ROUND, numberToBytesLE(u, 32))) === u;
}

/** @param {Check} verify @returns {Check} which tells of all else that it does not hold, and never rejects */
export function checkedBy(verify) {
  return async (signature, message, publicKey) => {
    try {
      return [publicKey, signature.subarray(0, 32)].every(isPlainPoint) &&
        bytesToNumberLE(signature.subarray(32)) < ORDER && await verify(signature, message, publicKey);
    } catch {
      return false;
    }
  };
}
