# Every chore of the house. `make serve` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Node stands there where the machine has none of its own.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: serve desk site release package before-you-open due test soak bench format lint lock clean

# What serving needs: pinned Python packages, Node where the machine has none, the browser bundle's packages.
$(VENV)/serve: requirements/serve.txt
	@test -x $(PY) || $(PYTHON) .ci/python
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/serve.txt
	touch $@

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

$(VENV)/old-all: tests/old/package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=old-all PY=$(PY) bash .ci/node
	touch $@ $(VENV)/old

# Reads the templates for AWS; in an environment of its own, since it pins boto3 and others for itself.
$(VENV)/checkov/ready: requirements/checkov.txt | $(VENV)/serve
	rm -rf $(VENV)/checkov
	$(PY) -m venv $(VENV)/checkov
	$(VENV)/checkov/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/checkov.txt
	touch $@

var/practice/keys.json: | $(VENV)/serve
	PY=$(PY) bash .ci/practice-keys

site: $(VENV)/serve $(VENV)/node var/practice/keys.json
	$(PY) -m overrides.press --settings settings.practice.yml --keys var/practice/keys.json --out var/site

serve: site
	@PY=$(PY) PORT=$(PORT) bash .ci/serve

# A practice desk with invented cases and its daily screen, beside `make serve`.
desk: $(VENV)/serve var/practice/keys.json
	@$(PY) -m desk rehearse var/desk --keys var/practice
	@$(PY) -m desk serve var/desk --despite-network --language en

# The production build. SETTINGS and KEYS are the desk's own; a practice key or an open blank stops it.
release: $(VENV)/serve $(VENV)/node
	$(PY) -m overrides.press --release --settings $(or $(SETTINGS),settings.yml) --keys $(or $(KEYS),keys/keys.json) --out site

# The drop for Lambda, beside a release: KEYS and HEADERS are those of the site that it serves.
package: $(VENV)/serve
	@mkdir -p var
	@$(PY) -m functions.cloud.package --keys $(or $(KEYS),keys/keys.json) --headers $(or $(HEADERS),site.headers.json) var/function.zip

# What only people can do before a site opens; 1 while a release would be refused for it.
before-you-open: $(VENV)/serve
	@$(PY) -m overrides.press.lists before-you-open --settings $(or $(SETTINGS),settings.practice.yml)

# What an editor looks at again: oldest and weakest first, with the address.
due: $(VENV)/serve
	@$(PY) -m overrides.press.lists due --settings $(or $(SETTINGS),settings.practice.yml)

# A test that hangs is named after ten minutes and ends the run: xdist would begin its whole file again, and may then wait for ever.
test: $(VENV)/test $(VENV)/node-test $(VENV)/old $(VENV)/checkov/ready
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(PY) -m tests.server_programs
	$(MAKE) lint
	node --test --test-reporter=dot tests/js/*.test.mjs
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart=0

soak: $(VENV)/test $(VENV)/node-test $(VENV)/old-all $(VENV)/checkov/ready
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(PY) -m tests.server_programs
	BALIE_SOAK=1 $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -o faulthandler_timeout=0
	$(PY) -m tests.mutation
	$(PY) -m tests.vectors.mutants

bench: $(VENV)/test $(VENV)/node-test var/practice/keys.json
	$(PY) -m tests.browsers
	$(PY) -m tests.bench $(AREAS)

# Writes code as lint wants it.
format: $(VENV)/test
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

lint: $(VENV)/test $(VENV)/node-test
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	node node_modules/typescript/bin/tsc -p .

# Writes the exact versions and hashes of all that pyproject.toml names; needs `uv`.
lock:
	uv pip compile -q pyproject.toml --extra site --extra drop --extra desk --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/serve.txt
	uv pip compile -q pyproject.toml --all-extras --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/test.txt
	uv pip compile -q requirements/server.in -c requirements/serve.txt --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/server.txt
	uv pip compile -q requirements/node.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/node.txt
	uv pip compile -q requirements/checkov.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/checkov.txt

clean:
	rm -rf $(VENV) node_modules tests/old/node_modules var site
