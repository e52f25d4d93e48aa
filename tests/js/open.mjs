/** Opens an object with noble, the way the desk does with another library. Only tests open anything in JavaScript. */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js';
import { keyIdOf, keySchedule, sealInfo } from '../../overrides/assets/seal.mjs';
import { Refused, parseComplaint, parseObject, parsePlaintext, toHex } from '../../overrides/assets/wire.mjs';

/** @param {Uint8Array} object @param {Uint8Array[]} seeds 32 bytes each @returns {Uint8Array} the JSON */
export function openObject(object, seeds) {
  const held = new Map(seeds.map((seed) => [toHex(keyIdOf(xwing.keygen(seed).publicKey)), seed]));
  const { header, keyId, enc, ciphertext } = parseObject(object, (id) => held.has(id));
  const json = parsePlaintext(unseal(enc, ciphertext, header, /** @type {Uint8Array} */ (held.get(keyId))));
  parseComplaint(json);
  return json;
}

/** @param {Uint8Array} enc @param {Uint8Array} ciphertext @param {Uint8Array} header @param {Uint8Array} seed */
function unseal(enc, ciphertext, header, seed) {
  try {
    const { key, nonce } = keySchedule(xwing.decapsulate(enc, xwing.keygen(seed).secretKey), sealInfo(header));
    return chacha20poly1305(key, nonce).decrypt(ciphertext);
  } catch {
    throw new Refused('seal');
  }
}
