# Everything that is done with this project, one word each. `make help` lists them.
# The set-up needs Python 3.11 and make; `make test` also looks for Chromium and, as root on Debian, installs it.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 3
BROWSERS ?= 2
.DEFAULT_GOAL := help
.PHONY: help setup run test test-sqlite test-postgres test-journeys check lint types contracts pins format coverage score soak benchmark clean browser

help:  ## Show what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

.venv/ready: requirements-uv.txt requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip sync --python $(BIN)/python --quiet --require-hashes requirements-dev.txt
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/ready  ## Make the virtual environment with everything pinned

run: setup  ## Start the demonstration council on this machine: http://127.0.0.1:8000
	@$(BIN)/tracker demo

browser: setup
	@$(BIN)/python -m tests.browser

test: check test-sqlite test-postgres test-journeys  ## Everything: checks, then all tests on SQLite and PostgreSQL, then the journeys

test-sqlite: setup
	$(BIN)/python -m pytest tests/unit tests/integration tests/web -n $(WORKERS) --database sqlite

test-postgres: setup
	$(BIN)/python -m pytest tests/integration tests/web -n $(WORKERS) --database postgresql

test-journeys: browser  ## The journeys in a real browser, with real mail
	$(BIN)/python -m pytest tests/journeys -n $(BROWSERS) --database sqlite
	$(BIN)/python -m pytest tests/journeys --database postgresql -k "whole_way or killed"

check: lint types contracts pins  ## Format, lint, types, contracts and pins

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

pins:  ## No address of a registry anywhere in the repository
	@! git grep -nIE -e '--(extra-)?index-url|--find-links|/simple/' -- ':!Makefile' ':!*.min.js' || (echo "an address of a registry"; exit 1)
	@! grep -nE '://' requirements*.txt || (echo "an address in the pins"; exit 1)

format: setup  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

coverage: setup  ## What the tests reach
	$(BIN)/python -m pytest tests/unit tests/integration tests/web -n $(WORKERS) --cov=tracker --cov-report=term

score: setup  ## Score the reader against the real reports, where they stand beside the repository
	$(PYTHON) ../shared/tools/score_reading.py --docs ../shared/reports/docs --gold ../shared/reports/gold --command "$(BIN)/tracker read --json"

soak: setup  ## The long forms: 10,000 schedules; 1,000 histories of past days; reminders with kills and restarts; 500 broken files through the running service
	TRACKER_TESTS_LONG=1 $(BIN)/python -m pytest tests/unit/reminders/test_all_stages.py tests/integration/scrutiny/test_any_past_day.py
	$(BIN)/python benchmarks/soak_reminders.py
	$(BIN)/python benchmarks/soak_reminders.py --database postgresql
	$(BIN)/python benchmarks/soak_reminders.py --part stops --database postgresql
	$(BIN)/python benchmarks/soak_reminders.py --part restarts --database postgresql
	$(BIN)/python benchmarks/soak_documents.py

benchmark: setup  ## How long reading takes, and pages over 100,000 actions; see docs/BENCHMARKS.md
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/serving.py
	$(BIN)/python benchmarks/sweeping.py
	$(BIN)/python benchmarks/papers.py

compile-pins: setup  ## Renew the pins from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.txt

clean:  ## Remove the environment and the demonstration
	rm -rf .venv var
