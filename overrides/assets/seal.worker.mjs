/**
 * The worker in which sealing runs, so that the page stays quick: it checks the key list, warms the library up while the
 * person types, and seals. Words come in, only sealed bytes go out. It reaches neither page nor network.
 */
import { fromBase64, parseKeyList, pickKey } from './keylist.mjs';
import { nameOf, seal } from './seal.mjs';
import { encodeComplaint, parseComplaint, toHex } from './wire.mjs';

/** @type {Uint8Array | null} */
let publicKey = null;
let newest = ''; // the day of the list that was believed last: the page's own comes first

/** @param {{keylist: string, now: number, built: string, pinned: string}} settings */
function start({ keylist, now, built, pinned }) {
  const list = parseKeyList(keylist, pinned, newest);
  newest = list.issued;
  const entry = pickKey(list, now, built);
  if (entry) publicKey = fromBase64(entry.public);
  if (publicKey) seal(encodeComplaint({}), publicKey); // the first seal is slow: not on her time
  return { state: entry ? 'ready' : 'closed' };
}

/** @param {{json: Uint8Array}} complaint */
function sealComplaint({ json }) {
  parseComplaint(json); // what the desk would refuse to open is not sealed
  const object = seal(json, /** @type {Uint8Array} */ (publicKey));
  return { state: 'sealed', object, name: toHex(nameOf(object)) };
}

addEventListener('message', ({ data }) => {
  let answer;
  try {
    answer = data.kind === 'start' ? start(data) : sealComplaint(data);
  } catch {
    answer = { state: 'failed' }; // no reason: it could hold words
  }
  postMessage({ ...answer, ticket: data.ticket });
});
