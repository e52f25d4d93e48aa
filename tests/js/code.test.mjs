/** The reply code's check digits find what they promise to find. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastGroup, makeCode, normaliseCode, withCheckDigits } from '../../overrides/assets/code.mjs';

const codes = Array.from({ length: 1_000 }, makeCode);

test('a new code is accepted as it stands', () => {
  for (const code of codes) assert.equal(normaliseCode(code), code);
});

test('every wrong digit is found', () => {
  for (const code of codes) {
    for (let at = 0; at < 24; at += 1) {
      for (const digit of '0123456789'.replace(code[at], '')) {
        assert.throws(() => normaliseCode(code.slice(0, at) + digit + code.slice(at + 1)), { reason: 'check' });
      }
    }
  }
});

test('every swap of unequal neighbours is found', () => {
  for (const code of codes) {
    for (let at = 0; at < 23; at += 1) {
      if (code[at] === code[at + 1]) continue;
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
      assert.throws(() => normaliseCode(swapped), { reason: 'check' });
    }
  }
});

test('digits and unseen characters are those of a list, which holds what this engine knows of Unicode', () => {
  const isNewest = process.versions.unicode === '17.0'; // the version of the list, WIRE.md 7.9
  const taken = (/** @type {string} */ typed) => {
    try {
      return lastGroup(typed);
    } catch {
      return null;
    }
  };
  for (let point = 0x80; point < 0xe0100; point += point === 0x1ffff ? 0xc0001 : 1) {
    const char = String.fromCodePoint(point);
    const isDigit = taken(`${char}000`) !== null;
    const isUnseen = taken(`${char}0000`) !== null && !/[\s\u0085\u2010-\u2015\u2212]/.test(char);
    if (/\p{Nd}/u.test(char) || isNewest) assert.equal(isDigit, /\p{Nd}/u.test(char), point.toString(16));
    if (/\p{Cf}/u.test(char) || isNewest) assert.equal(isUnseen, /[^\s]/.test(char) && /\p{Cf}/u.test(char), point.toString(16));
  }
});

test('check digits of all zeros', () => {
  assert.equal(withCheckDigits('0'.repeat(22)), `${'0'.repeat(22)}98`);
});
