# Everything a newcomer or a build machine does here is a target; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
SPARK := .venv-spark
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input install -qq
PYTEST := $(PYTHON) -m pytest -q -n 2 --dist worksteal
CATALOGUES := $(wildcard luotsi/locale/*/LC_MESSAGES/*.po)
BUILT := luotsi/ui/static/ui/luotsi.css
COMPILED := $(CATALOGUES:.po=.mo)
# An interpreter that has gone takes its environment with it, before make looks at the stamps in there.
$(shell [ ! -d $(VENV) ] || $(PYTHON) -c '' 2>/dev/null || rm -rf $(VENV))
PAGES := $(shell find assets -type f 2>/dev/null)

.NOTPARALLEL:
.PHONY: help run setup setup-dev test test-fast test-spark check bench coverage fmt screens messages compile wheel lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export LUOTSI_DEMO ?= 1
run: setup ## Start Luotsi with its demo (PORT, DATABASE_URL, LUOTSI_DATA, LUOTSI_DEMO=0)
	@exec $(VENV)/bin/luotsi run

setup: $(VENV)/.run $(BUILT) $(COMPILED) ## Install what running needs
setup-dev: $(VENV)/.dev $(BUILT) $(COMPILED) ## Install what building and testing need

test: setup-dev ## All tests: those of the database on PostgreSQL, then all on SQLite and in the browser
	@$(PYTHON) -m tools.need_chromium
	@echo "Tests on PostgreSQL"
	@$(PYTHON) -m tools.with_postgres $(PYTEST) -m "not browser and not spark"
	@echo "Tests on SQLite and in the browser"
	@$(PYTEST)

test-fast: setup-dev ## Tests on SQLite, without the browser and other processes
	@$(PYTEST) -m "not browser and not postgres and not processes and not spark"

test-spark: $(SPARK)/.dev $(BUILT) $(COMPILED) ## The engine on Spark makes the figures that DuckDB makes (needs Java 17)
	@command -v java >/dev/null || { echo "Java is missing: install version 17 (Debian: apt install openjdk-17-jre-headless)." >&2; exit 1; }
	@$(SPARK)/bin/python -m pytest -q -m spark luotsi/indicators/tests/test_engine_spark.py

check: setup-dev ## Lint, types, contracts, house rules, templates, migrations, settings, wheel (GATES="types house" for some)
	@$(PYTHON) -m tools.check $(GATES)

bench: setup-dev ## Measure speed and size
	@$(PYTHON) -m bench

coverage: setup-dev ## Lines and branches the tests on SQLite do not reach
	@$(VENV)/bin/coverage run -m pytest -q -m "not browser and not postgres and not spark"
	@$(VENV)/bin/coverage report

fmt: setup-dev ## Put Python and templates into the house's form
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format --quiet .
	@find luotsi -path '*/templates/*' -name '*.html' -exec $(VENV)/bin/djade --target-version 6.1 {} +

screens: setup-dev ## Take pictures of every page
	@$(PYTHON) -m tools.need_chromium
	@$(PYTHON) -m tools.screens

messages: setup-dev ## Collect the texts to translate into the catalogues (needs gettext)
	@command -v xgettext >/dev/null || { echo "gettext is missing: install it (Debian: apt install gettext; macOS: brew install gettext)." >&2; exit 1; }
	@cd luotsi && LUOTSI_BUILD=1 ../$(VENV)/bin/luotsi makemessages --locale fi --locale sv --no-obsolete --add-location file

compile: setup $(COMPILED) ## Compile the catalogues

wheel: setup-dev ## Build the wheel into dist/ and look into it
	@$(PYTHON) -m tools.wheel dist

lock: setup-dev ## Resolve the lock files anew (needs uv; reaches the registry)
	@$(PYTHON) -m tools.lock

clean: ## Remove what was installed and built, but no data
	rm -rf $(VENV) $(SPARK) node_modules dist luotsi/ui/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# What is done once leaves a stamp beside what it made; a stamp is as old as the files it was made from.
$(VENV)/pyvenv.cfg:
	@tools/make-venv

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Python packages …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Python packages for running, building and testing …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@

# Spark is large and seldom asked for: it has an environment of its own.
$(SPARK)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Spark …"
	@$(PYTHON) -m venv --clear $(SPARK)
	@$(SPARK)/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes -r requirements-dev.lock
	@$(SPARK)/bin/python -m pip --disable-pip-version-check --no-input install -qq --editable '.[spark]'
	@touch $@

node_modules/.installed: package-lock.json
	@tools/need-node
	@echo "Installing npm packages …"
	@npm ci --silent --no-audit --no-fund
	@touch $@

$(BUILT): node_modules/.installed package.json $(PAGES)
	@echo "Building styles and scripts …"
	@npm run --silent build
	@touch $@

%.mo: %.po tools/messages.py | $(VENV)/.run
	@$(PYTHON) -m tools.messages $<
