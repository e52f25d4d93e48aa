#!/usr/bin/env bash
# Material for MkDocs 9.8.2, search plugin with `pipeline: [stemmer, stopWordFilter, trimmer]`: the index holds stems,
# and what a reader types is looked up as the beginning of a term, without being stemmed itself.
# Guessed: with a stemmer more is found than without, and a word that stands on the page in any case.
# Expected: "toestemming", typed as it stands on the page, finds it. Seen: nothing is found, while its beginning
# "toestemm" finds the page; without the stemmer both do. English is no better: "permission" finds nothing.
# The theme's own worker runs here in Node, on the index that the build wrote, as the page would ask it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.2
cd "$folder"
mkdir nl en
echo 'Je geeft toestemming. De gemeente kent je rekening.' > nl/index.md
echo 'You give permission. The organisation has your evidence.' > en/index.md
cat > ask.mjs <<'JS'
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
const [site, ...words] = process.argv.slice(2);
const workers = join(site, 'assets/javascripts/workers');
const script = readdirSync(workers).find((name) => name.endsWith('.min.js'));
let hear, told = [];
const world = createContext({
  addEventListener: (kind, heard) => { if (kind === 'message') hear = heard; },
  postMessage: (message) => told.push(message),
  importScripts: (...paths) => paths.forEach((path) => run(join(workers, path.replace(/^.*(?=\.\.\/lunr)/, '')))),
  location: { href: 'file:///x' }, console, setTimeout,
});
world.self = world;
const run = (path) => runInContext(readFileSync(path, 'utf8'), world);
run(join(workers, script));
const { config, docs } = JSON.parse(readFileSync(join(site, 'search/search_index.json'), 'utf8'));
await hear({ data: { type: 0, data: { config, docs, options: {} } } });
for (const word of words) {
  told = [];
  await hear({ data: { type: 2, data: word } });
  console.log(word, told.find((one) => one.type === 3).data.items.length);
}
JS
export NO_MKDOCS_2_WARNING=1
built() {  # LANGUAGE PIPELINE OUT
  printf 'site_name: x\ndocs_dir: %s\ntheme: {name: material, language: %s, font: false}\nplugins: [search: {lang: %s, pipeline: %s}]\n' \
    "$1" "$1" "$1" "$2" > mkdocs.yml
  venv/bin/mkdocs build --quiet --site-dir "$3"
}
stems='[stemmer, stopWordFilter, trimmer]'
built nl "$stems" nl-stems; built nl '[stopWordFilter, trimmer]' nl-words; built en "$stems" en-stems
node ask.mjs nl-stems toestemming toestemm gemeente rekening | tee one
echo 'without the stemmer:'; node ask.mjs nl-words toestemming toestemm gemeente rekening | tee two
echo 'English, with it:'; node ask.mjs en-stems permission organisation evidence | tee three
[ "$(tr '\n' ' ' < one)" = 'toestemming 0 toestemm 1 gemeente 0 rekening 0 ' ]
[ "$(tr '\n' ' ' < two)" = 'toestemming 1 toestemm 1 gemeente 1 rekening 1 ' ]
[ "$(tr '\n' ' ' < three)" = 'permission 0 organisation 0 evidence 0 ' ]
