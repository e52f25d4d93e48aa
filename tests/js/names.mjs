/** Which municipalities a typed name fits, by the page's own module: the address of the built names, names by code and what was typed in, codes out. */
import { readFileSync } from 'node:fs';
import { bare } from '../../overrides/assets/fold.mjs';
import { called, unpack } from '../../overrides/assets/named.mjs';

const { address, own, typed } = JSON.parse(readFileSync(0, 'utf-8'));
const { default: text } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(address, 'utf-8'))}`);
const names = unpack(text, (code) => own[code]);
const found = typed.map((/** @type {string} */ one) => [...called(names, bare(one))].map(([code, all]) => [code, all.some((name) => name.isFormer && name.isWhole), all[0].isWhole]));
process.stdout.write(JSON.stringify(found));
