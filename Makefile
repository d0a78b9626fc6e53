# Everything starts from Python 3.11, git and the package index; nothing is compiled.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
FEDIBENCH ?= ../shared/bench
# Wheels only, every file checked against its hash.
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check \
  --require-hashes --only-binary :all:

.PHONY: run test check conformance requirements security format lock docs bench bench-endpoints crash wave clean

run: .venv/run.done  ## start a whole server (database included) and say where it listens
	@exec $(BIN)/watertower up

test: .venv/dev.done  ## the whole suite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: .venv/dev.done  ## format, lint, types, import contracts, house tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/house

conformance: .venv/dev.done  ## call every operation of the client API; prints what is right and what is missing
	@$(BIN)/python -m tests.conformance.run

requirements: .venv/dev.done  ## run every test that proves a requirement of the desk; writes docs/moderation/coverage.md
	@$(BIN)/python -m tests.requirements.run

security: .venv/dev.done  ## run every test that keeps a hole of others away from us; writes docs/security.md
	@$(BIN)/python -m tests.requirements.run_security

format: .venv/dev.done  ## let the formatter and the fixable rules do their work
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/dev.done  ## write the generated reference pages
	$(BIN)/watertower docs write

bench: .venv/dev.done  ## measure the built-in community; prints the table
	FEDIBENCH=$(FEDIBENCH) $(BIN)/python bench/run.py $(ARGS)

bench-endpoints: .venv/dev.done  ## CPU of every GET operation and page; URL=a database that bench/generate.py filled
	$(BIN)/python bench/endpoints.py --url "$(URL)" $(ARGS)

wave: .venv/dev.done  ## a spam wave of 1,000 reports and 5,000 posts, worked off through the desk
	$(BIN)/python -m tests.moderation.waves.run

crash: .venv/dev.done  ## kill -9 each process in turn under load; KILLS=20
	$(BIN)/python -m tests.crash.run --kills $(or $(KILLS),20)

lock: .venv/dev.done  ## write the lock files anew from pyproject.toml
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml \
	  --group build -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml \
	  --group build --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.done: .venv/bin/python requirements.lock pyproject.toml
	$(INSTALL) -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.done: requirements-dev.lock .venv/run.done
	$(INSTALL) -r requirements-dev.lock
	@touch $@
