/** How words are compared: in any script, with a letter wrong, and by what is rare. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bare, words } from '../../overrides/assets/fold.mjs';
import { alike, apart, prepare, rank } from '../../overrides/assets/ranking.mjs';

test('signs, accents and case do not count', () => {
  assert.equal(bare("'s-Gravenmoer"), 'sgravenmoer');
  assert.equal(bare('Súdwest-Fryslân'), 'sudwestfryslan');
  assert.deepEqual(words("Foto's, CRÈCHE"), ['fotos', 'creche']);
});

test('a letter of Arabic is one however it is written, and an article does not count', () => {
  for (const [one, other] of [
    ['إيجار', 'ايجار'],
    ['أخذوا', 'اخذوا'],
    ['مساعدة', 'مساعده'],
    ['مَحامي', 'محامي'],
    ['مستشفى', 'مستشفي'],
    ['مسؤول', 'مسوول'],
    ['البيت', 'بيت'],
    ['والبيت', 'بيت'],
    ['محـــامي', 'محامي'],
  ])
    assert.deepEqual(words(one), words(other), one);
});

test('where no spaces are written, each letter stands with the next one', () => {
  assert.deepEqual(words('警察在门口'), ['警察', '察在', '在门', '门口']);
  assert.deepEqual(words('我17岁 QR码'), ['我', '17', '岁', 'qr', '码']);
  assert.deepEqual(words('房东'), ['房东']);
  assert.equal(words('ตำรวจมาที่บ้าน').length > 5, true);
});

test('a letter that is changed, added, dropped or swapped is one', () => {
  assert.equal(apart('huisbaas', 'huisbaas', 2), 0);
  assert.equal(apart('huisbas', 'huisbaas', 2), 1);
  assert.equal(apart('huisbaaas', 'huisbaas', 2), 1);
  assert.equal(apart('huisbaat', 'huisbaas', 2), 1);
  assert.equal(apart('huisbasa', 'huisbaas', 2), 1);
  assert.equal(apart('dak', 'huisbaas', 2), 3);
});

test('short words are not forgiven, and what is nearer fits better', () => {
  assert.equal(alike('soa', 'sla'), 0);
  assert.equal(alike('huur', 'duur'), 0);
  assert.ok(alike('verhuurdr', 'verhuurder') > alike('verhurdr', 'verhuurder'));
  assert.ok(alike('verhuur', 'verhuurder') < 1);
});

/** @type {import('../../overrides/assets/ranking.mjs').Row[]} */
const ROWS = [
  ['a/', 'De eerste uren', '', 'Na verkrachting', ['verkracht'], ['when', 'Wanneer naar een arts?']],
  ['b/', 'Verdacht', 'en', '', ['verdachte'], ['doctor', 'Mag ik een arts?']],
  ['c/', 'Wonen', '', '', ['huur'], ['ask', 'Verkracht: wat doet de verhuurder?']],
];

test('what a page is about comes before what it mentions, and a known word before one that is like it', () => {
  const found = rank(prepare(ROWS), 'verkracht');
  assert.deepEqual(
    found.map(({ path, id }) => [path, id]),
    [
      ['a/', ''],
      ['c/', 'ask'],
    ],
  );
});

test('a word that stands in a heading leads to that heading', () => {
  const found = rank(prepare(ROWS), 'arts');
  assert.deepEqual(found.map(({ id }) => id).sort(), ['doctor', 'when']);
});

test('nothing is found for nothing', () => {
  for (const typed of ['', ' ', '?', 'a', 'zzzzzz']) assert.deepEqual(rank(prepare(ROWS), typed), []);
});
