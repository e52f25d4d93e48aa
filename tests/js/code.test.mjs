/** The reply code's check digits find what they promise to find. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCode, normaliseCode, withCheckDigits } from '../../overrides/assets/code.mjs';

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

test('check digits of all zeros', () => {
  assert.equal(withCheckDigits('0'.repeat(22)), `${'0'.repeat(22)}98`);
});
