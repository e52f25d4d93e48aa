/**
 * The worker in which sealing runs, so that the page stays quick: it checks the key list, warms the library up while the
 * person types, and seals. Words come in, only sealed bytes go out. For the answer page it checks the board's signature too,
 * so that a visit fetches that code once. It reaches neither page nor network. There are two of it, which differ in who
 * verifies a signature: seal.worker.mjs and seal_older.worker.mjs.
 */
import { fromBase64, parseKeyList, pickKey } from './keylist.mjs';
import { nameOf, seal } from './seal.mjs';
import { checkedBy } from './signature.mjs';
import { Refused, encodeComplaint, parseComplaint, toHex } from './wire.mjs';

/** @typedef {import('./signature.mjs').Check} Check */

/** @type {Uint8Array | null} */
let publicKey = null;
let newest = ''; // the day of the list that was believed last: the page's own comes first
let turn = Promise.resolve(); // one message after the other, in their order

/** @param {{keylist: string, now: number, built: string, pinned: string}} settings @param {Check} isSigned */
async function start({ keylist, now, built, pinned }, isSigned) {
  const list = await parseKeyList(keylist, pinned, isSigned, newest);
  newest = list.issued;
  const entry = pickKey(list, now, built);
  if (entry) publicKey = fromBase64(entry.public);
  if (publicKey) seal(encodeComplaint({}), publicKey); // the first seal is slow: not on her time
  const board = list.keys.find(({ use }) => use === 'board');
  return { state: entry ? 'ready' : 'closed', boardKey: fromBase64(board?.public ?? '') };
}

/** @param {{json: Uint8Array}} complaint */
function sealComplaint({ json }) {
  parseComplaint(json); // what the desk would refuse to open is not sealed
  const object = seal(json, /** @type {Uint8Array} */ (publicKey));
  return { state: 'sealed', object, name: toHex(nameOf(object)) };
}

/** @param {{signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array}} signed @param {Check} isSigned */
async function checkSignature({ signature, message, publicKey }, isSigned) {
  return { state: await isSigned(signature, message, publicKey) ? 'signed' : 'unsigned' };
}

/** @type {Record<string, (message: any, isSigned: Check) => object | Promise<object>>} */
const KINDS = { start, seal: sealComplaint, verify: checkSignature };

/** @param {any} message @param {Check} isSigned */
async function answer(message, isSigned) {
  try {
    return await KINDS[message.kind](message, isSigned);
  } catch (error) { // no other reason than this one: it could hold words
    return { state: 'failed', isForged: error instanceof Refused && error.check === 'keylist' };
  }
}

/** @param {Check} verify */
export function listen(verify) {
  const isSigned = checkedBy(verify);
  addEventListener('message', ({ data }) => {
    turn = turn.then(async () => postMessage({ ...await answer(data, isSigned), ticket: data.ticket }));
  });
}
