/**
 * Step 1, the form page: the only code that reads the sender's words. It hands them to the sealing worker, keeps words and
 * sealed bytes in the page's memory until the drop says that it has them, and sends the same bytes again until the text
 * changes. It stores nothing and fails closed.
 */
import { askBeforeLeaving } from './away.mjs';
import { complaintFrom, newComplaintId, problemsOf, roomLeft, splitStory } from './complaint.mjs';
import { coverWhenIdle } from './cover.mjs';
import { percent } from './figures.mjs';
import { calm, onPress } from './press.mjs';
import { showReview } from './review.mjs';
import { Sending, showOutcome, showPanel } from './sending.mjs';
import { Slip, tell } from './slip.mjs';
import { Steps, beginning, element, focusOn } from './steps.mjs';
import { encodeComplaint } from './wire.mjs';

const page = element('write');
const form = /** @type {HTMLFormElement} */ (element('form'));
const story = /** @type {HTMLTextAreaElement} */ (element('story'));
const steps = new Steps(form);
const slip = new Slip();
const status = element('status');
const sending = new Sending(page);

let complaintId = newComplaintId();
let rest = ''; // what she chose to send as a second complaint
let emptied = 0; // how often: what was sent before is not told of in an emptied form

function complaint() {
  return complaintFrom(new FormData(form), { complaintId, formLanguage: document.documentElement.lang });
}

/** The code's keys are of one size: room is kept for them from the first letter, whether she wants a code or not. */
const NO_KEYS = { reply_key: '0'.repeat(64), tag_key: '0'.repeat(64) };
const measured = () => ({ ...complaint(), ...NO_KEYS });

function problems() {
  return [...problemsOf(measured()), ...slip.problemsIn(new FormData(form))];
}

function showRoom() {
  const left = roomLeft(measured());
  const room = element('room');
  room.textContent = percent(room.dataset.percent ?? '', Math.max(0, left));
  element('overflow').hidden = left >= 0;
  if (left < 0) element('overflow-text').textContent = splitStory(measured()).rest;
}

function keepRestForLater() {
  const { fits, rest: later } = splitStory(measured());
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
  slip.show();
}

/** @param {string} state in which nothing can be written here @returns {void} */
function showTrouble(state) {
  showPanel(page, state);
  focusOn(beginning(element(state)));
}

async function goNext() {
  if (steps.isFirst) {
    showOutcome(status, 'waiting');
    const { state } = await sending.start();
    showOutcome(status, '');
    if (state !== 'ready') return showTrouble(state); // the first step holds no words yet
  }
  const here = steps.at;
  const found = problems().filter((name) => steps.indexOf(element(`problem-${name}`)) === here);
  if (steps.showProblems(found)) return;
  steps.show(steps.next);
  if (steps.isLast) showReview(steps);
}

/** @returns {Promise<import('./sending.mjs').Sent>} */
async function sendWords() {
  const words = complaint(); // before any waiting: on leaving the form is emptied
  const keys = await slip.fields().catch(() => null);
  if (!keys) return 'not_sealed'; // never without the code that she was promised
  return sending.send(encodeComplaint({ ...words, ...keys }));
}

async function send() {
  if (steps.isLocked || steps.showProblems(problems())) return;
  steps.isLocked = true; // words changed meanwhile would be cleared by the answer without being sent
  showOutcome(status, 'sending');
  const before = emptied;
  const outcome = await sendWords();
  steps.isLocked = false;
  if (outcome === 'stored') return finish();
  if (emptied !== before) return clear(); // nothing of it is left to be sent again
  showOutcome(status, outcome);
  focusOn(status);
}

/** Only here, after an empty 204, are words and bytes let go. */
function finish() {
  const hasCode = slip.isWanted;
  form.reset();
  sending.end();
  complaintId = newComplaintId();
  story.value = rest;
  element('second').hidden = rest === '';
  rest = '';
  showOutcome(status, '');
  showRoom();
  showWhatFollows();
  tell(hasCode);
  element('review').replaceChildren();
  showPanel(page, 'sent');
  focusOn(element('sent').querySelector('h2'));
}

function writeSecond() {
  sending.start();
  showPanel(page, 'form');
  steps.show(steps.indexOf(story));
}

/** An empty form at its first step; a browser may have put old words back. */
function restart() {
  form.reset();
  showRoom();
  showWhatFollows();
  steps.show(0, false);
  showPanel(page, 'form');
}

/** She has it on paper: nobody else shall find it here. */
function letCodeGo() {
  slip.forget();
  focusOn(element('sent').querySelector('h2'));
}

/** With the empty form, what is done with her words later: a browser that cannot leaves the sentence with the other ways. */
function rehearse() {
  steps.showProblems(problems());
  showReview(steps);
  steps.showProblems([]);
  element('review').replaceChildren();
}

/** Nothing of hers is left: on leaving, since a browser may keep the page and show it to whoever presses Back, and when idle. */
function clear() {
  emptied += 1;
  sending.end();
  slip.forget();
  complaintId = newComplaintId();
  rest = '';
  element('review').replaceChildren();
  element('overflow-text').textContent = '';
  /^/.test(''); // a browser keeps the last text that an expression was tried on
  steps.isLocked = false;
  steps.showProblems([]);
  showOutcome(status, '');
  restart();
}

/** After the hours that the first step names. */
function clearWhenIdle() {
  clear();
  showPanel(page, 'cleared');
}

/** The key was too old for the drop: fetches the list anew and keeps every word. */
async function renewKey() {
  const before = emptied;
  const found = await sending.renew();
  if (emptied !== before) return clear();
  if (found === 'renewed') return send();
  showOutcome(status, found);
  focusOn(status);
}

function begin() {
  calm();
  onPress({
    back: () => steps.show(steps.at - 1),
    next: goNext,
    send,
    renew: renewKey,
    later: keepRestForLater,
    second: writeSecond,
    have: letCodeGo,
    restart: () => (restart(), steps.show(0)),
  });
  askBeforeLeaving(page, form);
  coverWhenIdle(page, clearWhenIdle);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => (showRoom(), showWhatFollows(), steps.mend(problems)));
  for (const sign of ['leave', 'pagehide']) addEventListener(sign, clear); // the exit's script, and without it
  rehearse();
  restart();
}

begin();
