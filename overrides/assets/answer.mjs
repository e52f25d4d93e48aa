/**
 * Step 9, the answer page: a code in, what the desk wrote under it out, and a way to write again. It fetches the whole
 * board whatever it finds, keeps code and keys in the page's memory only, covers itself when idle, and empties itself on
 * leaving and hours later.
 */
import { askBeforeLeaving } from './away.mjs';
import { MAX_BOARD_BYTES, openBoard } from './board.mjs';
import { NotACode, deriveKeys, normaliseCode } from './code.mjs';
import { newComplaintId } from './complaint.mjs';
import { coverWhenIdle } from './cover.mjs';
import { fetchBoard } from './drop.mjs';
import { followUpFrom, problemsOf } from './follow_up.mjs';
import { showOnly, showReading, showTrouble } from './answer_view.mjs';
import { calm, onPress } from './press.mjs';
import { Sending, showOutcome, showPanel } from './sending.mjs';
import { beginning, element, focusOn, mended, showProblem } from './steps.mjs';
import { Refused, encodeComplaint } from './wire.mjs';

const FORGED = ['keylist', 'board_key', 'board_signature'];

const page = element('answer');
const codeField = /** @type {HTMLTextAreaElement} */ (element('code'));
const look = element('look');
const follow = /** @type {HTMLFormElement} */ (element('follow'));
const status = follow.querySelector('.status') ?? follow;
const sending = new Sending(page);

/** @type {{replyKey: Uint8Array, tagKey: Uint8Array} | null} */
let keys = null;
/** @type {Uint8Array | null} from the page's own list, whatever list is fetched later */
let boardKey = null;
let leastEpoch = Number(page.dataset.epoch); // the newest board known: an older one afterwards is a step back
let readCode = ''; // whose replies are shown, and under which she writes
let followUpId = newComplaintId();
let emptied = 0; // how often: what was asked for before is not shown afterwards

/** @returns {Promise<Uint8Array>} 32 bytes; throws `keylist` if the page's list is not signed by the pinned site key */
async function findBoardKey() {
  const { boardKey: found, isForged } = await sending.start();
  if (isForged) throw new Refused('keylist');
  if (found) return found;
  sending.end(); // a worker that did not come is sent for again next time
  throw new Error('nobody to check a signature');
}

/** @type {import('./signature.mjs').Check} in the worker, which may have ended since */
async function isSigned(signature, message, publicKey) {
  await sending.start();
  const answer = await sending.sealer?.verify({ signature, message, publicKey });
  if (answer?.state === 'signed') return true;
  if (answer?.state === 'unsigned') return false;
  throw new Error('nobody to check a signature');
}

/** @returns {string} the later of the clock and the day of the build, YYYY-MM-DD */
function today() {
  const clock = new Date().toISOString().slice(0, 10);
  const built = page.dataset.built ?? '';
  return clock > built ? clock : built;
}

/** @param {unknown} error @returns {string} the name of the sentence for it */
function troubleOf(error) {
  if (!(error instanceof Refused)) return 'failed';
  return FORGED.includes(error.check) ? 'forged' : 'damaged';
}

/** @param {number | null} share of the file; null while it is not known how long this takes */
function showProgress(share) {
  const bar = /** @type {HTMLProgressElement} */ (element('fetched'));
  if (share === null) bar.removeAttribute('value');
  else bar.value = share;
}

/** @param {string} digits of which nothing is kept, and for which nothing is fetched, once she has left */
async function lookUnder(digits) {
  const before = emptied;
  if (digits !== readCode) startOver();
  readCode = digits;
  showOnly('stage', ['deriving']);
  showProgress(null);
  element('fetched').hidden = false;
  boardKey ??= await findBoardKey();
  const derived = await deriveKeys(digits);
  if (emptied !== before) return;
  keys = derived;
  showOnly('stage', ['fetching']);
  const { state, bytes } = await fetchBoard(MAX_BOARD_BYTES, showProgress);
  if (emptied !== before) return;
  if (!bytes) return showTrouble(state === 'none' && leastEpoch > 0 ? 'damaged' : state); // there was one: who says none is not us
  showOnly('stage', ['opening']);
  const reading = await openBoard(bytes, keys, boardKey, { today: today(), leastEpoch }, isSigned);
  leastEpoch = Math.max(leastEpoch, reading.epoch);
  showReading(reading);
}

/** @returns {string[]} what is wrong with the code that stands in the field */
function codeProblems() {
  try {
    normaliseCode(codeField.value);
    return [];
  } catch (error) {
    return [error instanceof NotACode ? error.reason : 'digits'];
  }
}

/** @returns {string | null} 24 digits, or null once the problem is shown */
function typedCode() {
  const found = codeProblems();
  for (const name of ['digits', 'check']) showProblem(name, found.includes(name));
  if (found.length === 0) return normaliseCode(codeField.value);
  focusOn(codeField);
  return null;
}

async function read() {
  const digits = typedCode();
  if (!digits) return;
  const before = emptied;
  let trouble = '';
  try {
    await lookUnder(digits);
  } catch (error) {
    trouble = troubleOf(error);
    showTrouble(trouble);
  }
  showOnly('stage', []);
  element('fetched').hidden = true;
  if (emptied !== before) return clear(); // she left meanwhile, and a browser may keep the page for her return
  element('again').hidden = keys === null || trouble === 'forged'; // nothing is typed there then
  showPanel(page, 'result');
  focusOn(element('result').querySelector('h2'));
}

function followUp() {
  const context = { complaintId: followUpId, formLanguage: document.documentElement.lang };
  return keys && followUpFrom(new FormData(follow), { ...context, keys });
}

function showWhatFollows() {
  const ask = String(new FormData(follow).get('ask'));
  element('for-withdraw').hidden = ask !== 'withdraw';
  element('for-later').hidden = ask !== 'solved' && ask !== 'erase';
}

function writeAgain() {
  sending.start();
  showOutcome(status, '');
  showWhatFollows();
  showPanel(page, 'follow');
  focusOn(follow.querySelector('h2'));
}

/** @param {Record<string, any>} words @returns {boolean} whether something must change first */
function hasProblems(words) {
  const found = problemsOf(words);
  for (const name of ['withdraw', 'words', 'room']) showProblem(name, found.includes(name));
  if (found.length > 0) focusOn(element(element(`problem-${found[0]}`).dataset.for ?? ''));
  return found.length > 0;
}

async function send() {
  const words = followUp();
  if (!words || hasProblems(words)) return;
  element('words').setAttribute('readonly', ''); // words changed meanwhile would be cleared by the answer without being sent
  showOutcome(status, 'sending');
  const before = emptied;
  const outcome = await sending.send(encodeComplaint(words));
  element('words').removeAttribute('readonly');
  showOutcome(status, outcome);
  if (outcome === 'stored') finish();
  else if (emptied !== before) clear(); // nothing of it is left to be sent again
  else focusOn(status);
}

async function renewKey() {
  const before = emptied;
  const found = await sending.renew();
  if (emptied !== before) return clear();
  if (found === 'renewed') return send();
  showOutcome(status, found);
  focusOn(status);
}

/** Only after an empty 204 are words and bytes let go; the code with them, for who sits there next. */
function finish() {
  clear();
  showPanel(page, 'sent');
  focusOn(element('sent').querySelector('h2'));
}

/** Words written under one code must never go under another. */
function startOver() {
  keys = null;
  readCode = '';
  follow.reset();
  mended(follow, () => []);
  sending.forget();
  followUpId = newComplaintId();
}

/** Leaves nothing of a code, an answer or words in the page. */
function clear() {
  emptied += 1;
  startOver();
  sending.end();
  for (const form of page.querySelectorAll('form')) form.reset();
  mended(page, () => []);
  showTrouble('');
  /^/.test(''); // a browser keeps the last text that an expression was tried on
  showPanel(page, 'cleared');
}

function restart() {
  showPanel(page, 'look');
  focusOn(codeField);
}

function begin() {
  calm();
  onPress({
    read,
    again: writeAgain,
    back: () => (showPanel(page, 'result'), focusOn(beginning(element('result')))),
    send,
    renew: renewKey,
    clear: () => (clear(), focusOn(beginning(element('cleared')))),
    restart,
    retype: restart,
  });
  askBeforeLeaving(page, follow);
  coverWhenIdle(page, clear);
  for (const form of page.querySelectorAll('form')) form.addEventListener('submit', (event) => event.preventDefault());
  look.addEventListener('input', () => mended(look, codeProblems));
  follow.addEventListener('input', () => (showWhatFollows(), mended(follow, () => problemsOf(followUp() ?? {}))));
  for (const sign of ['leave', 'pagehide']) addEventListener(sign, clear); // the exit's script, and without it
  for (const form of page.querySelectorAll('form')) form.reset(); // a browser may have put old words back
  showPanel(page, 'look');
}

begin();
