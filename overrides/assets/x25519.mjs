/**
 * X25519 (RFC 7748): noble's ladder with the numbers of that curve, and nothing of its own. Not noble's `x25519`, which
 * brings the curve of Ed25519 along to multiply the base point sooner: a sixth of what a first visit to the form may weigh.
 */
import { montgomery } from '@noble/curves/abstract/montgomery.js';

export const P = 2n ** 255n - 19n; // RFC 7748 section 4.1

/** @param {bigint} value 0 to P @returns {bigint} its inverse modulo P, by Fermat; which way it takes, P alone says */
export function inverse(value) {
  let [product, square] = [1n, value];
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) product = (product * square) % P;
    square = (square * square) % P;
  }
  return product;
}

/** @param {Uint8Array} scalar 32 bytes @returns {Uint8Array} the same, as RFC 7748 section 5 decodes it */
function clamp(scalar) {
  scalar[0] &= 248;
  scalar[31] = (scalar[31] & 127) | 64;
  return scalar;
}

/** @param {(scalar: Uint8Array) => Uint8Array} adjustScalarBytes */
function ladder(adjustScalarBytes) {
  return montgomery({ P, type: 'x25519', adjustScalarBytes, powPminus2: inverse });
}

export const x25519 = ladder(clamp);

/**
 * The scalar as it stands: for public points only.
 * @type {(scalar: Uint8Array, u: Uint8Array) => Uint8Array} 32 bytes each; throws if the order of `u` divides 8
 */
export const multiply = ladder((scalar) => scalar).scalarMult;
