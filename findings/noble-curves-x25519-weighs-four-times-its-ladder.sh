#!/usr/bin/env bash
# @noble/curves 2.4.0, bundled by esbuild 0.28.2: what a page pays that imports `x25519` and nothing else.
#
# The package is marked for tree-shaking throughout, and has `montgomery()` beside `x25519`, with an example that builds X25519.
# Expected: `import { x25519 }` weighs about what `montgomery()` with the numbers of RFC 7748 weighs.
# Seen: 25,160 bytes against 6,258. The public key of X25519 is counted on the Edwards curve with tables, for
#   speed, so `x25519` carries edwards.js, curve.js and modular.js, which no bundler can take out of it.
# Means: a page that agrees on a key once or twice is four times lighter with `montgomery()`; both give the same bytes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-progress --no-audit --no-fund @noble/curves@2.4.0 esbuild@0.28.2
cat >whole.mjs <<'JS'
export { x25519 } from '@noble/curves/ed25519.js';
JS
cat >ladder.mjs <<'JS'
import { montgomery } from '@noble/curves/abstract/montgomery.js';
const P = 2n ** 255n - 19n;
const pow = (number, power) => {
  let result = 1n;
  for (; power > 0n; power >>= 1n, number = (number * number) % P) if (power & 1n) result = (result * number) % P;
  return result;
};
const adjustScalarBytes = (bytes) => {
  bytes[0] &= 248;
  bytes[31] = (bytes[31] & 127) | 64;
  return bytes;
};
export const x25519 = montgomery({ P, type: 'x25519', adjustScalarBytes, powPminus2: (x) => pow(x, P - 2n) });
JS
for name in whole ladder; do
  node_modules/.bin/esbuild "$name.mjs" --bundle --minify --format=esm --log-level=warning "--outfile=$name.min.mjs"
done
cat >compare.mjs <<'JS'
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { x25519 as whole } from './whole.min.mjs';
import { x25519 as ladder } from './ladder.min.mjs';
for (let i = 1; i < 20; i += 1) {
  const [mine, theirs] = [i, i + 100].map((byte) => new Uint8Array(32).fill(byte));
  assert.deepEqual(whole.getPublicKey(mine), ladder.getPublicKey(mine));
  const shared = [whole, ladder].map((one) => one.getSharedSecret(mine, ladder.getPublicKey(theirs)));
  assert.deepEqual(shared[0], shared[1]);
}
const [all, alone] = ['whole', 'ladder'].map((name) => statSync(`${name}.min.mjs`).size);
console.log(`x25519 ${all} bytes, montgomery() with the same numbers ${alone} bytes`);
assert(all > 3.5 * alone, 'x25519 no longer weighs four times its ladder');
JS
node compare.mjs
echo "as described"
