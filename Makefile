# Every chore of the house. `make serve` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Node stands there where the machine has none of its own.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: serve desk desk-bundle site release before-you-open due test soak bench format lint lock clean

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

$(VENV)/old-all: tests/old/package-lock.json requirements/node.txt | $(VENV)/serve
	NEED=old-all PY=$(PY) bash .ci/node
	touch $@ $(VENV)/old

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
desk-bundle: var/wheels
	@$(PY) .ci/bundle/make.py --wheels var/wheels --out $(or $(OUT),var/desk-bundle)

# The production build. SETTINGS and KEYS are the desk's own; a practice key or an open blank stops it.
release: $(VENV)/serve $(VENV)/node
	$(PY) -m overrides.press --release --settings $(or $(SETTINGS),settings.yml) --keys $(or $(KEYS),keys/keys.json) --out site

# What only people can do before a site opens; 1 while a release would be refused for it.
before-you-open: $(VENV)/serve
	@$(PY) -m overrides.press.lists before-you-open --settings $(or $(SETTINGS),settings.practice.yml)

# What an editor looks at again: oldest and weakest first, with the address.
due: $(VENV)/serve
	@$(PY) -m overrides.press.lists due --settings $(or $(SETTINGS),settings.practice.yml)

# A test that hangs is named after ten minutes and ends the run: xdist would begin its whole file again, and may then wait for ever.
test: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test $(VENV)/old var/wheels
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
	$(MAKE) lint
	node --test --test-reporter=dot tests/js/*.test.mjs
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart=0

soak: $(VENV)/test $(VENV)/bin/desk $(VENV)/node-test $(VENV)/old-all var/wheels
	$(PY) -m tests.browsers
	$(PY) -m tests.sticks
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
	uv pip compile -q pyproject.toml --all-extras --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/test.txt
	uv pip compile -q pyproject.toml --extra desk --constraint requirements/serve.txt --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/desk.txt
	uv pip compile -q requirements/pip.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/pip.txt
	uv pip compile -q requirements/node.in --generate-hashes --no-annotate --no-header --universal --python-version 3.11 -o requirements/node.txt

clean:
	rm -rf $(VENV) node_modules tests/old/node_modules var site
