/**
 * Numbers and days that a script writes, in the page's language: the digits and the calendar of the rest of the page,
 * whatever the engine would take for Arabic or Thai by itself. It imports nothing.
 */

const locale = () => `${document.documentElement.lang}-u-ca-gregory-nu-latn`;

/** @param {number} count @returns {string} */
export function number(count) {
  return new Intl.NumberFormat(locale()).format(count);
}

/** @param {number} share 0 to 1 @returns {string} whole per cents, never more than there are */
export function percent(share) {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(Math.floor(share * 100) / 100);
}

/** @param {string} iso YYYY-MM-DD @returns {string} */
export function day(iso) {
  const format = new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${iso}T00:00:00Z`));
}
