/** The real HMAC and box of the reader, which count how often they are used; tests/js/counting.mjs puts them in its way. */
import { xsalsa20poly1305 as realBox } from '@noble/ciphers/salsa.js';
import { hmac as realHmac } from '@noble/hashes/hmac.js';

export const work = { hmacs: 0, boxes: 0 };

/** @param {any} hash @param {Uint8Array} key @param {Uint8Array} message */
export function hmac(hash, key, message) {
  work.hmacs += 1;
  return realHmac(hash, key, message);
}

/** @param {Uint8Array} key @param {Uint8Array} nonce */
export function xsalsa20poly1305(key, nonce) {
  work.boxes += 1;
  return realBox(key, nonce);
}
