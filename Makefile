# Every chore of the house. `make serve` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Node stands there where the machine has none of its own.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Compiled modules are kept, whatever the environment says: else each of a thousand processes of the tests compiles the house again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: serve desk desk-bundle handbook pictures site cards sound release package deploy site-upload before-you-open due strings translated translations test js compiled soak bench format lint lock clean

# What serving needs: pinned Python packages, Node where the machine has none, the browser bundle's packages.
$(VENV)/serve: requirements/serve.txt
	@test -x $(PY) || $(PYTHON) .ci/python
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/serve.txt
	touch $@

# The command `desk`, in this folder as on a computer without a network.
$(VENV)/bin/desk: .ci/bundle/desk | $(VENV)/serve
	install -m 755 $< $@

$(VENV)/test: requirements/test.txt $(VENV)/serve
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/test.txt
	touch $@

$(VENV)/node: package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=runtime PY=$(PY) bash .ci/node
	touch $@

$(VENV)/node-test: package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=tests PY=$(PY) bash .ci/node
	touch $@ $(VENV)/node

$(VENV)/old: tests/old/package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=old PY=$(PY) bash .ci/node
	touch $@

$(VENV)/observatory: tests/observatory/package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=observatory PY=$(PY) bash .ci/node
	touch $@

$(VENV)/old-all: tests/old/package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=old-all PY=$(PY) bash .ci/node
	touch $@ $(VENV)/old

# Reads the templates for AWS; in an environment of its own, since it pins boto3 and others for itself.
$(VENV)/checkov/ready: requirements/checkov.txt | $(VENV)/serve
	rm -rf $(VENV)/checkov
	$(PY) -m venv $(VENV)/checkov
	$(VENV)/checkov/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/checkov.txt
	touch $@

var/practice/keys.json: | $(VENV)/bin/desk
	bash .ci/practice-keys

site: $(VENV)/serve $(VENV)/bin/desk $(VENV)/node var/practice/keys.json
	$(PY) -m overrides.press --settings settings.practice.yml --keys var/practice/keys.json --out var/site

serve: site
	@PY=$(PY) PORT=$(PORT) bash .ci/serve

# A practice desk with invented cases and its daily screen, beside `make serve`.
desk: $(VENV)/bin/desk var/practice/keys.json
	@$(VENV)/bin/desk rehearse var/desk --keys var/practice
	@$(VENV)/bin/desk serve var/desk --despite-network --language en

# Exact wheels of the desk for each computer without a network, by their hashes.
var/wheels: requirements/desk.txt requirements/pip.txt .ci/bundle/wheels.py | $(VENV)/serve
	$(PY) .ci/bundle/wheels.py $@

# A folder for a stick: the desk, all that it needs, and how a computer without a network gets it.
desk-bundle: var/wheels handbook
	@$(PY) .ci/bundle/make.py --wheels var/wheels --out $(or $(OUT),var/desk-bundle)

$(VENV)/handbook: requirements/handbook.txt $(VENV)/serve
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/handbook.txt
	touch $@

# The pictures of the handbook, anew each time: none is older than its screen.
pictures: $(VENV)/test $(VENV)/node
	@$(PY) -m handbook.pictures var/pictures

# The handbook in Dutch and English, for a browser without a network: var/handbook/index.html
handbook: $(VENV)/handbook $(VENV)/node pictures
	@$(PY) -m handbook.build var/handbook

$(VENV)/paper: requirements/paper.txt | $(VENV)/serve
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/paper.txt
	touch $@

# The practice site with the PDFs of what is printed: var/site/LANGUAGE/cards/
cards: $(VENV)/serve $(VENV)/paper $(VENV)/bin/desk $(VENV)/node var/practice/keys.json
	$(PY) -m overrides.press --paper --settings settings.practice.yml --keys var/practice/keys.json --out var/site

$(VENV)/sound: requirements/sound.txt | $(VENV)/serve
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/sound.txt
	touch $@

# The practice site with what can be listened to, in every language with a voice: var/site/LANGUAGE/sound/
sound: $(VENV)/serve $(VENV)/sound $(VENV)/bin/desk $(VENV)/node var/practice/keys.json
	$(PY) -m overrides.press --sound --settings settings.practice.yml --keys var/practice/keys.json --out var/site

# The production build. SETTINGS and KEYS are the desk's own; a practice key or an open blank stops it.
release: $(VENV)/serve $(VENV)/paper $(VENV)/sound $(VENV)/node
	$(PY) -m overrides.press --release --settings $(or $(SETTINGS),settings.yml) --keys $(or $(KEYS),keys/keys.json) --out site

# The drop for Lambda, beside a release: KEYS and HEADERS are those of the site that it serves.
package: $(VENV)/serve
	@mkdir -p var
	@$(PY) -m functions.cloud.package --keys $(or $(KEYS),keys/keys.json) --headers $(or $(HEADERS),site.headers.json) var/function.zip

# The SAM CLI has a place of its own: 340 MB that only who deploys needs, with another boto3 than ours. The list is whole, and
# with --no-deps pip does not look for the extras that it asks for a second time, without a hash.
var/sam/bin/sam: requirements/deploy.txt
	test -x var/sam/bin/python || $(PYTHON) -m venv var/sam
	var/sam/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes -r requirements/deploy.txt
	touch $@

# The drop and the edge at AWS, of a release and its package; asks before it changes anything. DRY=1 shows what would be made, what it
# costs and what is still missing, without an account, a network or the SAM CLI; of the practice site with SITE=var/site behind it.
deploy: $(if $(DRY),$(VENV)/serve,var/sam/bin/sam)
	@$(if $(DRY),$(PY) -m functions.cloud.deploy --dry-run,var/sam/bin/python -m functions.cloud.deploy) --site $(or $(SITE),site) --settings $(or $(SETTINGS),settings.yml) --keys $(or $(KEYS),keys/keys.json)

# The release in site/ into its bucket, so that nobody meets half of it: make site-upload BUCKET=NAME
site-upload: $(VENV)/serve
	@$(PY) -m functions.cloud.upload --bucket $(or $(BUCKET),$(error give BUCKET=, the SiteBucketName that make deploy says))

# What only people can do before a site opens; 1 while a release would be refused for it.
before-you-open: $(VENV)/serve
	@$(PY) -m overrides.press.lists before-you-open --settings $(or $(SETTINGS),settings.practice.yml)

# What is missing, behind or unchecked in each language, and the same as a picture in var/translations.svg.
translations: $(VENV)/serve
	@$(PY) -m overrides.press.lists translations --settings $(or $(SETTINGS),settings.practice.yml)

# Says that somebody read a translation beside its Dutch page: make translated PAGE=docs/es/door.md, several pages between quotes;
# DAY=2026-11-22 where it was not today.
translated: $(VENV)/serve
	@$(PY) -m overrides.joining.translated $(if $(DAY),--day $(DAY)) $(or $(PAGE),$(error give PAGE=, such as docs/es/door.md))

# The sentences that the privacy page promises, each green or red by the tests that hold it: LANGUAGE=nl for the Dutch ones.
promises: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(PY) -m tests.server_programs
	@$(PY) -m tests.promises --language "$(or $(LANGUAGE),en)"

# What changed in the Dutch strings, into the file of each other language, by gettext (of Debian): it marks what is behind and loses nothing.
strings:
	@for file in $(filter-out overrides/locale/nl.po,$(wildcard overrides/locale/*.po)); do \
		msgmerge --quiet --previous --no-wrap --update --backup=none $$file overrides/locale/nl.po || exit 1; done

# What an editor looks at again: oldest and weakest first, with the address.
due: $(VENV)/serve
	@$(PY) -m overrides.press.lists due --settings $(or $(SETTINGS),settings.practice.yml)

# A test that hangs is named after ten minutes and ends the run: xdist would begin its whole file again, and may then wait for ever.
test: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test $(VENV)/old $(VENV)/observatory $(VENV)/checkov/ready var/wheels
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(PY) -m tests.server_programs
	$(PY) -m tests.po_programs
	$(MAKE) -j 2 lint js compiled
	$(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder --max-worker-restart=0

# The tests of the scripts, in Node.
js: $(VENV)/node-test
	node --test --test-reporter=dot tests/js/*.test.mjs

# What pytest makes of each test file once, beside lint: else every worker of a clean clone makes it for itself.
compiled: $(VENV)/test
	@$(PY) -m pytest --collect-only -qq > /dev/null

soak: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test $(VENV)/old-all $(VENV)/observatory $(VENV)/checkov/ready var/wheels
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(PY) -m tests.server_programs
	$(PY) -m tests.po_programs
	$(PY) -m tests.other_python
	BALIE_SOAK=1 $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -o faulthandler_timeout=0
	$(PY) -m tests.desk_root
	$(PY) -m tests.mutation
	$(PY) -m tests.vectors.mutants

bench: $(VENV)/test $(VENV)/node-test var/practice/keys.json
	$(PY) -m tests.browsers
	$(PY) -m tests.bench $(AREAS)

# Writes code as lint wants it.
format: $(VENV)/test
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

lint: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	node node_modules/typescript/bin/tsc -p .

# Writes the exact versions and hashes of all that pyproject.toml names; needs `uv`.
lock:
	uv pip compile -q pyproject.toml --extra site --extra drop --extra desk --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/serve.txt
	uv pip compile -q pyproject.toml --extra paper --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/paper.txt
	uv pip compile -q pyproject.toml --extra sound --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/sound.txt
	uv pip compile -q pyproject.toml --all-extras --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/test.txt
	uv pip compile -q pyproject.toml --extra handbook --constraint requirements/test.txt --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/handbook.txt
	uv pip compile -q pyproject.toml --extra desk --constraint requirements/serve.txt --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/desk.txt
	uv pip compile -q requirements/pip.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/pip.txt
	uv pip compile -q requirements/deploy.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/deploy.txt
	uv pip compile -q requirements/server.in -c requirements/serve.txt --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/server.txt
	uv pip compile -q requirements/node.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/node.txt
	uv pip compile -q requirements/checkov.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/checkov.txt

clean:
	rm -rf $(VENV) node_modules tests/old/node_modules tests/observatory/node_modules var site
