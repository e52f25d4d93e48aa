/** Every case of tests/vectors, in JavaScript; tests/test_vectors.py runs the same in Python. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSON_MAX_BYTES } from '../../overrides/assets/wire.mjs';
import { VECTOR_FILES, casesOf } from './cases.mjs';

for (const file of VECTOR_FILES) for (const { name, run } of casesOf(file)) test(name, run);

test('the longest JSON leaves no padding', () => {
  assert.equal(JSON_MAX_BYTES, 15234); // WIRE.md 4
});
