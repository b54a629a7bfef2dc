# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LINE   ?= 5.26.30
ARGS   ?=
NEO4J  ?= local
export FOEDUS_TEST_NEO4J := $(NEO4J)
export FOEDUS_LINE := $(LINE)
.DEFAULT_GOAL := help
.PHONY: help serve test check bench prove images containers secrets lock format clean

help: ## this list
	@echo "make TARGET [LINE=5.26.30|2026.08.1] [NEO4J=local|container] [PORT=8000] [WORKERS=2] [SOAK=120] [KILLS=20] [CASES=10] [WORLDS=20000] [SEAS=40] [SEQUENCES=300] [ARGS=...]"
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/serve.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "foedus needs Python 3.11 or newer; name it with PYTHON=..."; exit 1; }
	@echo "Setting up $(VENV); this is done once and takes about half a minute."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/serve.stamp requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

serve: $(VENV)/serve.stamp ## set up, start Neo4j and the service, load the shipped case; Ctrl-C ends all
	@exec $(BIN)/python -m service.cli serve $(ARGS)

# A Neo4j of one's own for each worker; one that is brought has room for one. Files go out in their order, since those with the
# fewest tests have the longest, and would otherwise all come last.
WORKERS ?= $(if $(FOEDUS_TEST_NEO4J_URI),0,2)
test: $(VENV)/test.stamp ## set up and run every test against a real Neo4j of LINE, from its jars or in a container
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/test.stamp ## formatting, lint, types and the floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/test.stamp ## a world of a million commitments, beside the raw driver and Neo4j's own HTTP
	@$(BIN)/python -m tests.bench $(ARGS)

SOAK   ?= 120
KILLS  ?= 20
CASES  ?= 10
WORLDS ?= 20000
SEAS   ?= 40
SEQUENCES ?= 300
NEW    ?= $(shell date +%s)
prove: $(VENV)/test.stamp ## write and read at once for SOAK seconds, kill what runs KILLS times, try each operation with CASES examples, compare with the slow oracle on WORLDS new worlds and SEAS new seas, write SEQUENCES new sequences
	@FOEDUS_SOAK_SECONDS=$(SOAK) FOEDUS_KILLS=$(KILLS) FOEDUS_CASES=$(CASES) FOEDUS_NEW=$(NEW) $(BIN)/python -m pytest -m prove $(ARGS)
	@FOEDUS_WORLDS=$(WORLDS) FOEDUS_SEAS=$(SEAS) FOEDUS_NEW=$(NEW) $(BIN)/python -m pytest -n $(WORKERS) tests/oracle -k "says_what or oracle_does" $(ARGS)
	@FOEDUS_SEQUENCES=$(SEQUENCES) FOEDUS_NEW=$(NEW) $(BIN)/python -m pytest tests/writing/test_sequences.py $(ARGS)

images: $(VENV)/test.stamp ## the images of the service and of Neo4j; made here of Debian's packages and jars where no registry is reached
	@$(BIN)/python -m tests.containers.images $(ARGS)

containers: $(VENV)/test.stamp ## bring docker-compose.yml up and prove it, and the tests that other projects copy
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m containers tests/containers $(ARGS)

# The folder keeps others of this machine out; in a container who reads the files is nobody of this machine.
secrets: ## make the password of docker-compose.yml's Neo4j, once
	@install -d -m 700 secrets
	@test -s secrets/neo4j_auth || { word=$$(head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'); \
	  printf %s "$$word" >secrets/neo4j_password; printf neo4j/%s "$$word" >secrets/neo4j_auth; chmod 644 secrets/neo4j_*; }

format: $(VENV)/test.stamp ## rewrite the sources in the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

PINNED = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade
lock: $(VENV)/test.stamp ## pin the dependencies anew, with hashes and without addresses
	@$(BIN)/uv pip compile $(PINNED) --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile $(PINNED) --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the virtual environment and caches of this folder (never data)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
