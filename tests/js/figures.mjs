/** Reads as JSON a pattern of per cents, patterns of days and days, and writes what a page's script makes of them. */
import { readFileSync } from 'node:fs';
import { day, percent } from '../../overrides/assets/figures.mjs';

const { pattern, patterns, days } = JSON.parse(readFileSync(0, 'utf-8'));
const made = { percent: percent(pattern, 0.369), days: days.map((/** @type {string} */ iso) => day(patterns, iso)) };
process.stdout.write(JSON.stringify(made));
