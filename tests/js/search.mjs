/** Which pages fit what was typed, by the page's own module: addresses of built indexes and what was typed by language in, paths out. */
import { readFileSync } from 'node:fs';
import { prepare, rank } from '../../overrides/assets/ranking.mjs';

const { asked, bare } = JSON.parse(readFileSync(0, 'utf-8'));
const found = [];
for (const { address, typed } of asked) {
  const { default: rows } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(address, 'utf-8'))}`);
  // `bare`: as if no title and no heading said anything.
  const index = prepare(bare ? rows.map((/** @type {any[]} */ [path, , language, said, used]) => [path, '', language, said, used, []]) : rows);
  found.push(typed.map((/** @type {string} */ one) => rank(index, one).map(({ path, id }) => [path, id])));
}
process.stdout.write(JSON.stringify(found));
