/** The JSON Schema file against the hand-written checker, in JavaScript; tests/test_vectors.py does it in Python. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readVectors } from './vectors.mjs';

const { $schema, ...schema } = readVectors('complaint.schema');
const isValid = new Ajv2020({ strict: true }).compile(schema);

for (const one of readVectors('complaint').cases.filter((/** @type {any} */ one) => one.expect !== 'json')) {
  test(`schema file and checker agree on ${one.name}`, () => {
    assert.equal(isValid(JSON.parse(one.text)), one.expect === 'ok');
  });
}
