#!/usr/bin/env bash
# MkDocs 1.6.1, with a hook that writes down the `command` of the event on_startup.
#
# Expected: "serve" whenever somebody types `mkdocs serve`. The documentation says that `command` is the command that MkDocs
#   was invoked with, e.g. "serve" for `mkdocs serve`.
# Seen: `mkdocs serve --clean` says "build", as `mkdocs build` does.
# Means: a hook that refuses to build but serves also refuses `mkdocs serve --clean`; one that builds differently for a
#   preview publishes nothing by mistake, but serves what it would publish.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1
mkdir "$folder/docs"
echo "# Page" >"$folder/docs/index.md"
printf 'site_name: x\nhooks: [hook.py]\n' >"$folder/mkdocs.yml"
cat >"$folder/hook.py" <<'PY'
def on_startup(command, dirty):
    print("command:", command)
    raise SystemExit(0)  # before anything is built or served
PY
cd "$folder"
for typed in "build" "serve" "serve --clean" "serve --dirty"; do
  said=$("$folder/venv/bin/mkdocs" $typed)
  echo "mkdocs $typed -> $said"
  case "$typed" in
    build | "serve --clean") test "$said" = "command: build" ;;
    *) test "$said" = "command: serve" ;;
  esac
done
echo "as described"
