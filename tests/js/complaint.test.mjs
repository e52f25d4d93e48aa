/** What stands in the form becomes a complaint that the desk will open, and the room left is counted in encoded bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintFrom, newComplaintId, problemsOf, roomLeft, splitStory } from '../../overrides/assets/complaint.mjs';
import { JSON_MAX_BYTES, encodeComplaint, parseComplaint } from '../../overrides/assets/wire.mjs';

const context = { complaintId: '00112233445566778899aabbccddeeff', formLanguage: 'nl' };

/** @param {Record<string, string | string[]>} values */
function form(values) {
  const fields = new FormData();
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) fields.append(name, one);
  return complaintFrom(fields, context);
}

const minimum = { story: 'x', consent_store: 'yes', scope: 'nobody' };

test('a story and consent to store are enough', () => {
  const complaint = form(minimum);
  assert.deepEqual(problemsOf(complaint), []);
  assert.deepEqual(parseComplaint(encodeComplaint(complaint)), complaint);
});

test('what is left blank, or rather not said, is left out', () => {
  const complaint = form({ ...minimum, role: 'unsaid', wish: 'unsaid', municipality: ' \u3000', contact: '' });
  assert.deepEqual(Object.keys(complaint).sort(), ['complaint_id', 'consent', 'form_language', 'pass_on', 'schema', 'story']);
});

test('every choice arrives', () => {
  const complaint = form({
    ...minimum, role: 'professional', wish: 'count', topics: ['operator', 'check'], municipality: 'Ede', period: 'week',
    scope: 'pattern', to: ['help', 'ombudsman'], consent_quote: 'yes', address_as: 'Sam', answerer: 'man',
    reply_language: 'pt-BR', contact: 'avond',
  });
  assert.deepEqual(problemsOf(complaint), []);
  assert.deepEqual(complaint.topics, ['check', 'operator'], 'in the order of the list, whatever was pressed first');
  assert.deepEqual(complaint.pass_on, { scope: 'pattern', to: ['ombudsman', 'help'] });
  assert.deepEqual(complaint.consent, { store: true, act: false, count: false, quote: true });
  assert.deepEqual(parseComplaint(encodeComplaint(complaint)), complaint);
});

test('receivers chosen before "tell nobody" are not sent', () => {
  assert.deepEqual(form({ ...minimum, to: ['help'] }).pass_on, { scope: 'nobody', to: [] });
});

test('each problem has its own name', () => {
  const complaint = form({ story: ' ', scope: 'details', municipality: 'x'.repeat(81), contact: 'x'.repeat(501), address_as: 'x'.repeat(201) });
  assert.deepEqual(problemsOf(complaint), ['story-blank', 'receivers', 'store', 'municipality-long', 'address_as-long', 'contact-long']);
});

for (const [script, character] of Object.entries({ latin: 'a', cyrillic: 'я', arabic: 'س', thai: 'ก', chinese: '好', emoji: '🙂', quote: '"', newline: '\n' })) {
  test(`room is counted in encoded bytes: ${script}`, () => {
    const bytes = encodeComplaint({ c: character }).length - encodeComplaint({ c: '' }).length;
    const room = JSON_MAX_BYTES - encodeComplaint(form({ ...minimum, story: '' })).length;
    const most = Math.floor(room / bytes);
    const full = form({ ...minimum, story: character.repeat(most) });
    assert.ok(roomLeft(full) >= 0);
    assert.deepEqual(problemsOf(full).filter((name) => name === 'story-room'), []);
    const over = form({ ...minimum, story: character.repeat(most + 1) });
    assert.ok(roomLeft(over) < 0);
    assert.deepEqual(problemsOf(over).filter((name) => name === 'story-room'), ['story-room']);
    assert.deepEqual(splitStory(over), { fits: character.repeat(most), rest: character });
  });
}

test('a split loses nothing and never divides a character as a reader sees it', () => {
  const family = '👩‍👩‍👧‍👦';
  const over = form({ ...minimum, story: family.repeat(900) });
  const { fits, rest } = splitStory(over);
  assert.equal(fits + rest, over.story);
  assert.equal(fits.length % family.length, 0);
});

test('a lone surrogate from a paste becomes a replacement character, and the rest stays', () => {
  const json = encodeComplaint(form({ ...minimum, story: 'a\ud800b' }));
  assert.equal(parseComplaint(json).story, 'a\ufffdb');
});

test('complaint ids differ', () => {
  assert.equal(new Set(Array.from({ length: 1000 }, newComplaintId)).size, 1000);
});
