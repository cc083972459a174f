# Energo Cabinet: needs Python 3.11 or newer and make; the rest is installed into .venv.
.DEFAULT_GOAL := help
.PHONY: help demo run watch setup dev migrate build test quick lint fmt bench shots clean
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONDONTWRITEBYTECODE

find_python = for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; exit; }; done
define install
	@p=$$($(find_python)); [ -n "$$p" ] || { echo "Energo Cabinet needs Python 3.11 or newer, and none was found on PATH (set PYTHON=/path/to/python3)." >&2; exit 1; }; \
	$$p -m energo_cabinet.serving.install $(1)
endef

SPREAD := -n 2 --dist loadfile --no-loadscope-reorder

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

demo: setup ## demo on http://localhost:3000: installs, builds what has changed, serves; Ctrl-C ends it
	@exec $(PY) -m energo_cabinet demo

run: setup ## serve what ENERGO_ settings say (after make migrate)
	@exec $(PY) -m energo_cabinet run

watch: setup ## the demo, served anew whenever a source is saved
	@exec $(PY) -m energo_cabinet watch

setup: ## create .venv with everything that serving needs
	$(call install)

dev: ## the same plus what tests need
	$(call install,dev)

migrate: setup ## bring the database to the current schema
	@$(PY) -m energo_cabinet migrate

build: setup ## build the front end if something that goes into it has changed
	@$(PY) -m energo_cabinet build

test: dev ## the whole suite with a real browser
	@$(PY) -m tests.preparation
	@code=0; $(PY) -m pytest $(SPREAD) --ignore=tests/quiet --budgets --durations=40 --durations-min=2 || code=1; $(PY) -m pytest tests/quiet || code=1; exit $$code

quick: lint ## lint, architecture, what is pure, and the rooms touched since origin's main line
	@$(PY) -m tests.quick

lint: dev ## ruff and mypy; bun for assets/*.js: types out of JSDoc, the form of assets/js
	@ruff check . && ruff format --check . && mypy
	@bun check -p jsconfig.json && bun check -p jsconfig.worker.json && bun fmt --check --print-width 120 assets/js

fmt: dev ## put right what ruff and bun can
	@ruff check --fix . && ruff format . && bun fmt --print-width 120 assets/js

bench: dev ## storage and import ratios against raw SQL
	@$(PY) -m tests.bench

shots: dev ## screenshots of every page into build/shots, with axe-core's findings
	@$(PY) -m tests.preparation && $(PY) -m tests.shots

clean: ## remove what make made (not data/)
	rm -rf .venv .web build .states .pytest_cache .mypy_cache .ruff_cache
