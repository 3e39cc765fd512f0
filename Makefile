# Two commands do it all: `make up` and `make test`. Each sets up what it needs first.
PYTHON ?= python3
BIN := .venv/bin
# How many test processes: the tests are sized for two cores.
JOBS ?= 2
ONLY ?=
export DB ?=

.DEFAULT_GOAL := help
.PHONY: help setup up down test lint format bench doctor

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

setup: ## Set the environment up from the lock file
	@$(PYTHON) -m toolchain.bootstrap

up: setup ## Bring the platform up here and prove a backup (DB=/path/to/your.db for your own database)
	@$(BIN)/gw up

down: setup ## Stop the sandbox; what was stored stays
	@$(BIN)/gw down

test: setup ## Set up and pass the tests
	@toolchain/system.sh
	@$(BIN)/gw toolchain --gate
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup

lint: setup ## Lint, format and types, at zero
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: setup ## Format the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: setup ## Measure; ONLY=vault runs one group
	@$(BIN)/gw toolchain
	@$(BIN)/python -m tests.bench $(ONLY)

doctor: setup ## List each tool: found where, or what to do
	@$(BIN)/gw doctor
