/** Text as it is compared with what somebody typed: no case, no accents, no signs, in any script. It keeps nothing. */

const ARABIC_SIGNS = /[\u0621\u0640]/gu; // a hamza by itself, and what only lengthens a line
const ARTICLE = /^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=.{3})/u; // "the", with "and", "in", "like" or "for" joined to it

const RUN = /[\p{sc=Han}\p{sc=Thai}]+|(?:(?![\p{sc=Han}\p{sc=Thai}])[\p{L}\p{N}])+/gu;
const UNSPACED = /^[\p{sc=Han}\p{sc=Thai}]{3,}$/u; // scripts without spaces between words

/** @param {string} text wide letters of Asian keyboards are the narrow ones; a letter of Arabic is one however it is written */
function plain(text) {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(ARABIC_SIGNS, '').toLowerCase();
  return bare.replace(/\u0649/gu, '\u064a').replace(/\u0629/gu, '\u0647');
}

/** @param {string} text @returns {string} its letters and digits in one piece, as names are compared */
export function bare(text) {
  return plain(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * @param {string} text @returns {string[]} its words, without the article that Arabic joins to them; where a script has no
 * spaces between words, each letter with the next one
 */
export function words(text) {
  const found = plain(text).replace(/['\u2019]/gu, '').match(RUN) ?? [];
  return found.flatMap((word) => (UNSPACED.test(word) ? pairs([...word]) : word.replace(ARTICLE, '')));
}

/** @param {string[]} letters @returns {string[]} */
const pairs = (letters) => letters.slice(1).map((letter, at) => letters[at] + letter);
