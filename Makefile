# Everything a checkout can do. Needs Linux on x86-64, Python 3.11 or newer with venv, make and git; `make help` lists.
#
#   PYTHON=/path/to/python3.11   which Python the environment is made of
#   PORT=8123  DEMO_DIR=folder   the demonstration's port and data
#   ARGS='-k walls -n2'          passed on to pytest

PYTHON ?= python3
PORT ?=
DEMO_DIR ?= var
ARGS ?=
INPUTS ?= 10000
SEED ?= 0

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
RUN := $(VENV)/bin/python
# Each stage is done when the file it writes last is there and newer than what it was made from.
PACKAGES := $(VENV)/installed
NODE_PACKAGES := node_modules/.package-lock.json
BROWSER := .browser/package.json
STATIC := staticfiles/staticfiles.json

# The machine's certificates (a proxy may have its own) and the machine's Python, never a downloaded one.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Tools that load the settings but never connect: static files, types.
UNCONNECTED := DJANGO_SECRET_KEY=unused DATABASE_URL=postgresql:///unused REDIS_URL=unix:///unused

# The clinical mind is tested without Django and without the servers that tests/services.py starts.
UNSERVED := -c /dev/null --rootdir . --noconftest -p no:django -p no:cacheprovider

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- What must be there ----------------------------------------------------------------------------------------

.PHONY: setup
setup: $(PACKAGES) $(NODE_PACKAGES) $(BROWSER) ## Python, npm packages and the browser, all below this folder

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON); install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -I supervisor/preflight.py
	@[ ! -L $@ ] || { echo "The Python that $(VENV) was made with is gone or not yours to run; make clean, then try again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Only pip comes with Python. uv, which is ten times faster, is taken from the same pinned and hashed list; where it
# cannot be had or finds no packages, pip does the whole work.
$(PACKAGES): requirements/dev.txt | $(VENV)/bin/python
	@sed -n '/^uv==/,/[^\\]$$/p' requirements/dev.txt > $(VENV)/uv.txt
	$(RUN) -m pip install --quiet --require-hashes --no-deps -r $(VENV)/uv.txt \
	  && $(RUN) -m uv pip sync --quiet --require-hashes --python $(RUN) requirements/dev.txt \
	  || $(RUN) -m pip install --quiet --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

$(NODE_PACKAGES): package.json package-lock.json .npmrc $(PACKAGES)
	$(RUN) -m supervisor.node
	@touch $@

$(BROWSER): $(NODE_PACKAGES)
	$(RUN) -m supervisor.browser
	@touch $@

STATIC_SOURCES := $(shell find static/src static/public supervisor/assets.py -type f 2>/dev/null)

.PHONY: assets
assets: $(STATIC) ## Style sheets and scripts: bundled, hashed, compressed

$(STATIC): $(NODE_PACKAGES) poems_site/settings.py $(STATIC_SOURCES)
	$(RUN) -m supervisor.assets
	$(UNCONNECTED) $(RUN) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

# --- What one does ---------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(STATIC) ## The whole product with invented people; Ctrl-C stops it
	@PORT='$(PORT)' DEMO_DIR='$(DEMO_DIR)' exec $(RUN) -m supervisor.demo --with-parent

.PHONY: test
test: setup assets ## Every test, against real servers and a real browser; on one core with ARGS=-n0
	$(RUN) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

.PHONY: check
check: $(PACKAGES) ## Format, linters, types, layers
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(UNCONNECTED) $(RUN) -m mypy
	$(VENV)/bin/lint-imports

.PHONY: sbom
sbom: $(PACKAGES) ## What the product is made of, as CycloneDX in var/sbom.cdx.json
	$(RUN) -m supervisor.bill_of_materials

.PHONY: fuzz
fuzz: $(STATIC) ## Ten thousand hostile requests to every address; SEED=1 other ones, INPUTS=n fewer; takes many minutes
	FUZZ_INPUTS=$(INPUTS) FUZZ_SEED=$(SEED) $(RUN) -m pytest tests/fuzz -q -s -n0 $(ARGS)

.PHONY: bench
bench: $(STATIC) ## What docs/measured.md reports; run it on a quiet machine
	@exceeded=0; for one in shell listing timeline today alerts drawing planning imports guideline course mails sweep protection; do \
	  echo "== $$one"; $(RUN) -W ignore -m benchmarks.$$one || exceeded=1; done; exit $$exceeded

.PHONY: faults
faults: $(STATIC) ## Two thousand mails while workers, queue, database and mail server die; about eight minutes
	FAULT_MAILS=2000 $(RUN) -m pytest tests/faults/test_many_mails.py -q -s -n0 $(ARGS)

.PHONY: mutate
mutate: $(PACKAGES) ## Break the guideline on purpose, mutant by mutant, and see the tests notice
	$(RUN) -m benchmarks.mutants $(ARGS)

.PHONY: cover
cover: $(PACKAGES) ## Every line and branch of the guideline, reached by its own tests without a database
	$(RUN) -m pytest $(UNSERVED) -q tests/guideline --cov=guideline --cov-branch --cov-fail-under=100 \
	  --cov-report=term-missing:skip-covered

.PHONY: format
format: $(PACKAGES) ## Let ruff format the code and mend what it can
	$(RUN) -m ruff format
	$(RUN) -m ruff check --fix

.PHONY: clean
clean: ## Remove everything made here but the demonstration's data
	rm -rf $(VENV) node_modules .browser static/built staticfiles
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
