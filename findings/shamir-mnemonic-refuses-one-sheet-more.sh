#!/usr/bin/env bash
# shamir-mnemonic 0.3.0, the reference library of SLIP-39, with a secret in three sheets of which any two are enough.
#
# Expected: all three sheets together give the secret back too. Who comes back with everything has more than enough.
# Seen: exactly two are asked for. Three valid sheets are refused with "Wrong number of mnemonics", and the text of the
#   error repeats the first three words of a sheet. The same sheet twice is refused as one.
# Means: a desk that restores a key asks for two sheets and stops, and never prints the library's own error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check shamir-mnemonic==0.3.0
"$folder/venv/bin/python" - <<'PY'
from itertools import combinations

import shamir_mnemonic
from shamir_mnemonic.utils import MnemonicError

SECRET = bytes(range(32))
sheets = shamir_mnemonic.generate_mnemonics(1, [(2, 3)], SECRET, iteration_exponent=0)[0]
pairs = [shamir_mnemonic.combine_mnemonics(pair) == SECRET for pair in combinations(sheets, 2)]
print("each pair gives the secret back:", pairs)
assert pairs == [True, True, True]

try:
    shamir_mnemonic.combine_mnemonics(sheets)
    said = "taken"
except MnemonicError as error:
    said = str(error)
print("all three:", said.replace(" ".join(sheets[0].split()[:3]), "WORD WORD WORD"))
assert said.startswith("Wrong number of mnemonics. Expected 2 mnemonics starting with"), said
assert " ".join(sheets[0].split()[:3]) in said
PY
echo "as described"
