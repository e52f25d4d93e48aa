/**
 * Numbers and Latin words in text from right to left, twin of overrides/words/bidi.py: without a mark of their own, groups of
 * digits change places there. A text in, pieces out, each run as one from left to right. It imports nothing.
 */

const WORD = '[0-9A-Za-z\\u00c0-\\u024f]+';
const BETWEEN = "(?:, | [-\\u2013/&+] | ?\\(\\d+\\) ?|://|[- \\u00a0\\u2010-\\u2013./:@'\\u2019&+_])";
const BRACKETS = ` \\(${WORD}(?:${BETWEEN}${WORD})*\\)`;
const RUN = new RegExp(
  `((?:\\(\\d+\\) ?|\\+(?=\\d))${WORD}(?:${BETWEEN}${WORD})*|${WORD}(?:(?:${BETWEEN}${WORD})+(?:${BRACKETS})?|${BRACKETS}))`,
);
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/** @param {string} run */
function setApart(run) {
  return Object.assign(document.createElement('bdi'), { dir: 'ltr', textContent: run });
}

/** @param {string} text @returns {(string | Node)[]} which together say the text */
export function isolated(text) {
  if (!RIGHT_TO_LEFT.test(text)) return [text];
  return text.split(RUN).map((piece, at) => (at % 2 ? setApart(piece) : piece));
}
