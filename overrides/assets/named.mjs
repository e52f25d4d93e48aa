/**
 * By which names a municipality is known: those of its places and of the municipalities that became part of it. A text
 * of all names and what was typed in, the municipalities that it fits out. It knows no page.
 */

import { bare } from './fold.mjs';

/**
 * @typedef {{ name: string, province: string, isFormer: boolean, isWhole: boolean }} Called `isWhole`: it is the whole name
 * @typedef {{ name: string, isFormer: boolean, starts: string[], whole: string }} Name bare from each of its words on
 * @typedef {{ code: string, province: string, names: Name[] }} Named
 */

/** @param {string} text a name, with an asterisk behind that of a former municipality @returns {Name} */
function taken(text) {
  const name = text.replace('*', '');
  const parts = name.split(/[^\p{L}\p{M}\p{N}]+/u);
  const starts = parts.map((_, at) => bare(parts.slice(at).join('')));
  // What stands in brackets only tells two of one name apart.
  return { name, isFormer: name !== text, starts, whole: bare(name.replace(/ \(.*/, '')) };
}

/**
 * @param {string} text lines of a province, each with lines of a code and its names below it
 * @param {(code: string) => string} own name of a municipality, which the text leaves out
 * @returns {Named[]}
 */
export function unpack(text, own) {
  let province = '';
  const found = [];
  for (const line of text.split('\n')) {
    const [digits, names] = line.split(':');
    const code = `GM${digits}`;
    if (names === undefined) province = line;
    else found.push({ code, province, names: names.split(',').map((name) => taken(name || own(code))) });
  }
  return found;
}

/** @param {Named[]} all @param {string} wanted as `bare` gives it @returns {Map<string, Called[]>} by code, whole names first */
export function called(all, wanted) {
  const found = new Map();
  for (const { code, province, names } of all) {
    const fitting = names.filter(({ starts }) => starts.some((start) => start.startsWith(wanted)));
    const here = fitting.map(({ name, isFormer, whole }) => ({ name, province, isFormer, isWhole: whole === wanted }));
    if (here.length) found.set(code, here.sort((one, other) => +other.isWhole - +one.isWhole));
  }
  return found;
}
