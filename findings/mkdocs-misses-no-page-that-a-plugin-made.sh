#!/usr/bin/env bash
# MkDocs, `validation: omitted_files: warn` with `--strict`: a page that stands in no `nav` stops the build.
# A plugin may set `File.page` to a page of its own (MkDocs checks its type); then the same page, in no `nav`
# still, is built and nobody is told: the warning is given only where MkDocs has to make the page itself.
# Expected: a page that is not in the navigation is missed, whoever made its object.
# Seen: the strict build ends with exit code 0 and `lost/index.html` is published.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check mkdocs==1.6.1
cd "$folder"
mkdir docs
echo '# Home' > docs/index.md
echo '# Lost' > docs/lost.md
cat > mkdocs.yml <<'YML'
site_name: x
theme: {name: mkdocs}
nav: [index.md]
validation: {omitted_files: warn}
plugins: []
YML
cat > hook.py <<'PY'
from mkdocs.structure.pages import Page

def on_files(files, config):
    for file in files.documentation_pages():
        Page(None, file, config)
    return files
PY
cp mkdocs.yml plain.yml
{ cat mkdocs.yml; echo 'hooks: [hook.py]'; } > hooked.yml
export NO_MKDOCS_2_WARNING=1
venv/bin/mkdocs --version
plain=0; venv/bin/mkdocs build --strict --config-file plain.yml --site-dir one > plain.log 2>&1 || plain=$?
hooked=0; venv/bin/mkdocs build --strict --config-file hooked.yml --site-dir two > hooked.log 2>&1 || hooked=$?
grep 'not included in the "nav"' plain.log
echo "without the hook: exit code $plain; with it: $hooked, and lost/ is $(ls two/lost)"
[ "$plain" -ne 0 ] && [ "$hooked" -eq 0 ] && [ -f two/lost/index.html ]
