/**
 * The score that Mozilla's HTTP Observatory gives to answers of a host, by its own functions and without a network:
 * `node grade.mjs FOLDER` reads `{host, pages: [{headers, html}]}` on standard input and prints a list of
 * `{score, grade, results}`. FOLDER holds `src` of the package, and `conf/hsts-preload.json`, the list of hosts that its
 * installation would have fetched.
 *
 * What the scanner would ask the host itself is taken for granted: a valid certificate, one redirect to https, no CORS.
 */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** @param {string} name */
const load = (name) => import(pathToFileURL(`${process.argv[2]}/src/${name}.js`).href);
const { ALL_TESTS } = await load('constants');
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load('grader/charts');
const { getGradeForScore, getScoreModifier } = await load('grader/grader');
const { parseHttpEquivHeaders } = await load('retriever/utils');
const { Requests } = await load('types');

/** Headers as the package asks for them: by their entries, and by a name. @param {Record<string, string>} headers */
function asked(headers) {
  const get = (/** @type {string} */ name) =>
    Object.entries(headers).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  return Object.defineProperty({ ...headers }, 'get', { value: get });
}

/** @param {string} host @param {{headers: Record<string, string>, html: string}} page */
function requestsFor(host, { headers, html }) {
  const requests = new Requests(host);
  const route = [{ url: new URL(`http://${host}/`), status: 301 }, { url: new URL(`https://${host}/`), status: 200 }];
  const answer = () => ({ headers: asked(headers), request: { headers: {} }, status: 200, verified: true, data: '' });
  for (const kind of ['auto', 'cors', 'http', 'https']) requests.responses[kind] = answer();
  requests.responses.auto.httpEquiv = parseHttpEquivHeaders(html, `https://${host}/`);
  requests.responses.httpRedirects = route;
  requests.responses.httpsRedirects = route.slice(1);
  requests.resources.path = html;
  requests.session = { url: new URL(`https://${host}/`), jar: { serializeSync: () => ({ cookies: [] }) } };
  return requests;
}

/** As `scan` of the package adds up what its tests say. @param {string} host @param {any} page */
function graded(host, page) {
  const requests = requestsFor(host, page);
  const results = ALL_TESTS.map((/** @type {any} */ test) => test(requests));
  const modifiers = results.map((/** @type {any} */ one) => getScoreModifier(one.result));
  const losses = modifiers.filter((/** @type {number} */ one) => one < 0);
  const sum = (/** @type {number[]} */ all) => all.reduce((before, one) => before + one, 100);
  const score = sum(losses) >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : sum(losses);
  const named = results.map((/** @type {any} */ one, /** @type {number} */ at) => [one.result, modifiers[at]]);
  return { ...getGradeForScore(score), results: Object.fromEntries(named) };
}

const { host, pages } = JSON.parse(readFileSync(0, 'utf8'));
const found = [];
for (const page of pages) {
  found.push(graded(host, page));
  // Its reader of HTML holds a page until the turn of the event loop ends: five thousand in one are 4 GB, and no more are had.
  await new Promise((resolve) => setImmediate(resolve));
}
process.stdout.write(JSON.stringify(found));
