/**
 * Per cents and days that a script writes, as the rest of the page writes them: it fills patterns that stand in the page,
 * so that no engine takes digits, a calendar or a space of its own. It imports nothing.
 */

/** @param {string} pattern with {count} @param {number} share 0 to 1 @returns {string} whole per cents, never more than there are */
export function percent(pattern, share) {
  return pattern.replace('{count}', String(Math.floor(share * 100)));
}

/** @param {string} patterns twelve, with {day} and {year}, between bars @param {string} iso YYYY-MM-DD @returns {string} */
export function day(patterns, iso) {
  const [year, month, inMonth] = iso.split('-').map(Number);
  return patterns.split('|')[month - 1].replace('{day}', String(inMonth)).replace('{year}', String(year));
}
