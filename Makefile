# `make demo` and `make test` are all that a newcomer needs; each sets up what it uses.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-header --quiet

.PHONY: help setup setup-dev demo bench docs sbom test format lint types contract torture lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: .venv/.runtime ## Make .venv with what ofsight needs to run

setup-dev: .venv/.dev

.venv/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ofsight needs Python 3.11 or newer: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (once; some minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup ## Run the main job on the bundled reports and write a comparison
	@$(BIN)/ofsight demo

test: setup-dev lint types contract ## Run every check: format, lint, types, import contract, tests
	$(BIN)/python -m pytest

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

contract:
	$(BIN)/lint-imports

bench: setup-dev ## Measure the cost of each stage beside plain text extraction, on the bundled reports
	$(BIN)/python benchmarks/run.py

docs: setup-dev ## Build the pages of the documentation into build/docs
	$(BIN)/python -m sphinx -W -q docs build/docs
	@echo "Look at build/docs/index.html"

sbom: setup-dev ## List what comes along, with versions, hashes and licences, as CycloneDX in build/
	$(BIN)/python docs/licences.py

torture: setup-dev ## Try every bad input and every fault that we know, at length (an hour or so)
	@failed=0; \
	$(BIN)/python tests/hostile/torture.py || failed=1; \
	$(BIN)/python tests/faults/torture.py $(wildcard ../shared/reports) || failed=1; \
	OFSIGHT_BRIEFINGS=1000 $(BIN)/python -m pytest -q --timeout=0 tests/reports/test_reports_verify.py \
		-k random_stores || failed=1; \
	exit $$failed

format: setup-dev ## Put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup-dev ## Renew the lock files from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(UV) --output-file requirements.lock
	$(UV) --extra dev --extra dask --extra serve --extra docs --output-file requirements-dev.lock

clean: ## Remove what make made
	rm -rf .venv out build *.egg-info
