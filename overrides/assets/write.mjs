/**
 * Step 1, the form page: the only code that reads the sender's words. It hands them to the sealing worker, keeps words and
 * sealed bytes in the page's memory until the drop says that it has them, and sends the same bytes again until the text
 * changes. It stores nothing and fails closed.
 */
import { complaintFrom, newComplaintId, problemsOf, roomLeft, splitStory } from './complaint.mjs';
import { drop, fetchKeyList } from './drop.mjs';
import { showReview } from './review.mjs';
import { Sealer } from './sealer.mjs';
import { Steps, element, focusOn } from './steps.mjs';
import { encodeComplaint } from './wire.mjs';

const page = element('write');
const form = /** @type {HTMLFormElement} */ (element('form'));
const story = /** @type {HTMLTextAreaElement} */ (element('story'));
const steps = new Steps(form);
const settings = { keylist: page.dataset.keylist ?? '', built: page.dataset.built ?? '', pinned: page.dataset.pinned ?? '' };

let sealer = /** @type {Sealer | null} */ (null);
let complaintId = newComplaintId();
/** @type {{json: string, object: Uint8Array, name: string}} */
const NOTHING = { json: '', object: new Uint8Array(0), name: '' };
let sealed = NOTHING; // what these words were sealed to
let rest = ''; // what she chose to send as a second complaint

function complaint() {
  return complaintFrom(new FormData(form), { complaintId, formLanguage: document.documentElement.lang });
}

/** @param {string} id shows one of the page's panels: no-script, closed, failed, form, sent */
function showPanel(id) {
  for (const panel of page.querySelectorAll('[data-panel]')) {
    /** @type {HTMLElement} */ (panel).hidden = panel.id !== id;
  }
}

/** @param {string} outcome shows one sentence of the status under the send button; '' none */
function showStatus(outcome) {
  for (const line of element('status').querySelectorAll('[data-outcome]')) {
    /** @type {HTMLElement} */ (line).hidden = line.getAttribute('data-outcome') !== outcome;
  }
  element('renew').hidden = outcome !== 'key_unknown';
}

function showRoom() {
  const left = roomLeft(complaint());
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });
  element('room').textContent = percent.format(Math.max(0, Math.floor(left * 100) / 100));
  element('overflow').hidden = left >= 0;
  if (left < 0) element('overflow-text').textContent = splitStory(complaint()).rest;
}

function keepRestForLater() {
  const { fits, rest: later } = splitStory(complaint());
  rest = later + rest;
  story.value = fits;
  showRoom();
  steps.showProblems([]);
  focusOn(story);
}

/** Shows what an answer calls for: the risk behind *operator*, and to whom, once something may be passed on. */
function showWhatFollows() {
  const isChosen = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (element(id)).checked;
  for (const note of page.querySelectorAll('.operator-risk')) {
    /** @type {HTMLElement} */ (note).hidden = !isChosen('topics-operator');
  }
  element('to').hidden = isChosen('scope-nobody');
}

async function goNext() {
  const { state } = await ready;
  if (state !== 'ready') return showPanel(state); // the first step holds no words yet
  const here = steps.at;
  const problems = problemsOf(complaint()).filter((name) => steps.indexOf(element(`problem-${name}`)) === here);
  if (steps.showProblems(problems)) return;
  steps.show(here + 1);
  if (steps.isLast) showReview(steps);
}

/** Seals unless these very words are sealed already: a second try sends the same bytes. */
async function sealOnce() {
  const bytes = encodeComplaint(complaint());
  const json = new TextDecoder().decode(bytes);
  if (sealed.json === json) return true;
  const answer = await /** @type {Sealer} */ (sealer).seal(bytes);
  if (answer.state !== 'sealed' || !answer.object || !answer.name) return false;
  sealed = { json, object: answer.object, name: answer.name };
  return true;
}

async function send() {
  if (steps.isLocked || steps.showProblems(problemsOf(complaint()))) return;
  steps.isLocked = true; // words changed meanwhile would be cleared by the answer without being sent
  element('send').setAttribute('aria-disabled', 'true');
  showStatus('sending');
  const outcome = (await sealOnce()) ? await drop(sealed.object, sealed.name) : 'not_sealed';
  steps.isLocked = false;
  element('send').removeAttribute('aria-disabled');
  showStatus(outcome);
  if (outcome === 'stored') finish();
  else focusOn(element('status'));
}

/** Only here, after an empty 204, are words and bytes let go. */
function finish() {
  form.reset();
  sealed = NOTHING;
  complaintId = newComplaintId();
  story.value = rest;
  element('second').hidden = rest === '';
  rest = '';
  showStatus('');
  showRoom();
  showWhatFollows();
  element('review').replaceChildren();
  showPanel('sent');
  focusOn(element('sent').querySelector('h2'));
}

function writeSecond() {
  showPanel('form');
  steps.show(steps.indexOf(story));
}

/** The key was too old for the drop: fetches the list anew and keeps every word. */
async function renewKey() {
  const keylist = await fetchKeyList();
  const answer = keylist ? await startSealer({ ...settings, keylist }) : { state: 'failed' };
  sealed = NOTHING;
  if (answer.state === 'ready') await send();
  else showStatus('unreachable');
}

/** @param {typeof settings} with_ @returns {Promise<{state: string}>} */
async function startSealer(with_) {
  try {
    sealer ??= new Sealer();
    return await sealer.start(with_.keylist, with_.built, with_.pinned);
  } catch {
    return { state: 'failed' };
  }
}

function begin() {
  for (const [id, act] of Object.entries({
    back: () => steps.show(steps.at - 1),
    next: goNext,
    send,
    renew: renewKey,
    later: keepRestForLater,
    second: writeSecond,
  })) element(id).addEventListener('click', act);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => (showRoom(), showWhatFollows()));
  form.reset(); // a browser may have put old words back
  showRoom();
  showWhatFollows();
  steps.show(0, false);
  showPanel('form');
}

const ready = startSealer(settings);
begin();
