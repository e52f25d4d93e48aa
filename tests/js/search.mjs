/** Which pages fit what was typed, by the page's own module: addresses of built indexes and what was typed by language in, paths out. */
import { readFileSync } from 'node:fs';
import { prepare, rank } from '../../overrides/assets/ranking.mjs';

const { asked, bare, others } = JSON.parse(readFileSync(0, 'utf-8'));
const found = [];
for (const { address, typed } of asked) {
  const { default: rows } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(address, 'utf-8'))}`);
  // `bare`: as if no title and no heading said anything.
  const index = prepare(bare ? rows.map((/** @type {any[]} */ [path, , language, said, used]) => [path, '', language, said, used, []]) : rows);
  // `others`: as if nobody had written down just what is typed, only everything beside it.
  const beside = (/** @type {string} */ one) =>
    prepare(rows.map((/** @type {any[]} */ [path, title, language, said, used, headings]) => {
      const kept = used.filter((/** @type {string} */ word) => word.toLowerCase() !== one.toLowerCase());
      return [path, title, language, said, kept, headings];
    }));
  found.push(typed.map((/** @type {string} */ one) => rank(others ? beside(one) : index, one).map(({ path, id }) => [path, id])));
}
process.stdout.write(JSON.stringify(found));
