#!/usr/bin/env bash
# MkDocs 1.6.1, `mkdocs build --strict` with `validation: anchors: warn`: a page with a link to an anchor that is not there.
#
# Expected: the strict build stops, however much it is asked to tell. --quiet is said to silence, --verbose to tell more.
# Seen: with --verbose it passes, and nobody looked: anchors of links are gathered only where the log is not verbose, so who
#   asks for more is told less. With --quiet it passes too, and even a link to a page that is not there, as warnings
#   are dropped before strictness counts them.
# Means: an editor who adds --verbose to find out what is wrong sees it pass. A build that renders through MkDocs sets the level of its log
#   itself, above all when it keeps what was found to be right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1
export NO_MKDOCS_2_WARNING=1
printf 'site_name: x\ntheme: {name: mkdocs}\nplugins: []\nvalidation: {anchors: warn}\n' >mkdocs.yml
mkdir docs
echo '# Other' >docs/other.md
venv/bin/mkdocs --version
for link in "other.md#nowhere" "nowhere.md"; do
  echo "[there]($link)" >docs/index.md
  for told in "" --verbose --quiet; do
    code=0
    venv/bin/mkdocs build --strict $told >log 2>&1 || code=$?
    warned=$(grep -c "^WARNING" log || true)
    echo "$link: mkdocs build --strict $told -> exit code $code, warnings told: $warned"
    case "$link $told" in
      "other.md#nowhere --verbose" | *" --quiet") test "$code $warned" = "0 0" ;;
      *) test "$code $warned" = "1 1" ;;
    esac
  done
done
echo "as described"
