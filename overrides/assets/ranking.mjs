/**
 * Which pages fit a few words: an index of titles, words that people use, and headings in, the pages that fit best out.
 * A word fits when it is the same, when it is the beginning, or when a letter or two of it are wrong; a word that
 * few pages have counts for more. Pure; it knows neither the page nor where the index came from.
 */

import { words } from './fold.mjs';

/**
 * A page: path below its language, title, language of the title where it is another, what is said of it, words that
 * people use, then id and text of its headings in turns.
 * @typedef {[string, string, string, string, string[], string[]]} Row
 * @typedef {{ tokens: string[], weight: number, id: string, heading: string }} Phrase
 * @typedef {{ row: Row, phrases: Phrase[] }} Known
 * @typedef {{ path: string, title: string, language: string, said: string, id: string, heading: string, score: number }} Found
 */

const NAMED = 3; // against 1 for a heading: what a page is about comes before what it mentions
const MOST = 8;
const FURTHER = 0.25; // what each wrong letter costs, more than there is between a whole word and its beginning
const SHARE_OF_BEST = 0.15;
const SMALL = 3; // letters of words such as "I", "am", "my", which count for less
const SMALL_COUNTS = 0.4;
const ENDING = 3; // letters that a word may have more: "landlords"
const ONE_WRONG = 5; // letters of a word from which on one may be wrong
const TWO_WRONG = 8;

/** @param {Row[]} rows @returns {Known[]} */
export function prepare(rows) {
  return rows.map((row) => {
    const [, title, , said, used, headings] = row;
    const phrases = [title, said, ...used].map((text) => ({ tokens: words(text), weight: NAMED, id: '', heading: '' }));
    for (let at = 0; at < headings.length; at += 2) {
      const [id, heading] = headings.slice(at, at + 2);
      phrases.push({ tokens: words(heading), weight: 1, id, heading });
    }
    return { row, phrases };
  });
}

/** @param {string} one @param {string} other @param {number} most @returns {number} letters to change, add, drop or swap; more than `most` if it is more */
export function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** @param {string} typed @param {string} known @returns {number} from 0 to 1 */
export function alike(typed, known) {
  if (typed === known) return 1;
  if (typed.length > 2 && known.startsWith(typed)) return 0.9;
  if (known.length >= ONE_WRONG && typed.length - known.length <= ENDING && typed.startsWith(known)) return 0.8;
  const length = Math.min(typed.length, known.length);
  const most = length >= TWO_WRONG ? 2 : length >= ONE_WRONG ? 1 : 0;
  const found = most ? apart(typed, known, most) : 1;
  return found > most ? 0 : 0.8 - FURTHER * found;
}

/** @param {string} token @returns {(phrase: Phrase) => number} how well a word fits a phrase; each known word is looked at once */
function fit(token) {
  const seen = new Map();
  /** @param {string} known */
  const like = (known) => seen.get(known) ?? seen.set(known, alike(token, known)).get(known);
  return ({ tokens }) => Math.max(0, ...tokens.map(like));
}

/** @param {Known[]} index @param {string[]} tokens @returns {number[][][]} how well each fits, by page and phrase */
function fitting(index, tokens) {
  const each = tokens.map(fit);
  const fits = index.map(({ phrases }) => phrases.map((phrase) => each.map((one) => one(phrase))));
  // Where a word is known, or nearly, what is further off is another word.
  const best = tokens.map((_, t) => Math.max(0, ...fits.map((page) => Math.max(...page.map((phrase) => phrase[t])))));
  return fits.map((page) => page.map((phrase) => phrase.map((one, t) => (best[t] - one < FURTHER ? one : 0))));
}

/** @param {Known[]} index @param {string} typed @returns {Found[]} the best first, none where nothing fits */
export function rank(index, typed) {
  const tokens = [...new Set(words(typed))].filter((token) => token.length > 1);
  const fits = fitting(index, tokens);
  const rarity = tokens.map((token, t) => {
    const having = fits.filter((page) => page.some((phrase) => phrase[t] > 0)).length;
    const isSmall = token.length <= SMALL && !/\d/.test(token);
    return having ? Math.log(1 + index.length / having) * (isSmall ? SMALL_COUNTS : 1) : 0;
  });
  const found = index.map((known, at) => score(known, fits[at], rarity)).filter((one) => one.score > 0);
  found.sort((one, other) => other.score - one.score);
  return found.filter((one) => one.score >= SHARE_OF_BEST * found[0].score).slice(0, MOST);
}

/** @param {Known} known @param {number[][]} fits by phrase and word @param {number[]} rarity by word @returns {Found} */
function score({ row: [path, title, language, said], phrases }, fits, rarity) {
  const asked = rarity.filter((one) => one > 0).length;
  const sums = fits.map((phrase) => phrase.reduce((sum, one, t) => sum + one * rarity[t], 0));
  // A phrase that was typed as a whole counts again: its words belong together.
  const whole = sums.map((sum, at) => {
    const hit = fits[at].filter((one) => one > 0).length;
    return (phrases[at].weight * sum * 2 * hit) / (asked + phrases[at].tokens.length || 1);
  });
  const each = rarity.map((one, t) => one * Math.max(0, ...fits.map((phrase, at) => phrases[at].weight * phrase[t])));
  const headings = phrases.map((phrase, at) => (phrase.id ? sums[at] : 0));
  const best = headings.indexOf(Math.max(...headings));
  const isMeant = headings[best] > 0 && headings[best] >= Math.max(...sums);
  const { id, heading } = isMeant ? phrases[best] : { id: '', heading: '' };
  return { path, title, language, said, id, heading, score: Math.max(0, ...whole) + each.reduce((sum, one) => sum + one, 0) };
}
