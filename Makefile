# `make` lists the targets. All of them set up .venv first, from the hashed lock.

PYTHON ?= python3
BIN := .venv/bin
CODE := $(wildcard domain projections services workers demo bench) tests requirements

.DEFAULT_GOAL := help
.PHONY: help venv demo test check prove-mandate proof-access proof-bad-input proof-lists proof-machines proof-races format bench lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

venv: ## Set up .venv from the hashed lock, if it is not there or out of date
	@$(PYTHON) requirements/install.py

demo: venv ## Start the whole system and play the main job; ONCE=1 leaves after the play
	@$(BIN)/python -m demo $(if $(filter-out 0,$(ONCE)),--once)

test: venv ## Run the whole suite on SQLite and PostgreSQL; BOTH=1: each test on both; ARGS="-k word" for a part
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal \
		--databases $(if $(filter-out 0,$(BOTH)),both,one) $(ARGS)

check: venv ## Lint, format, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(CODE)
	@$(BIN)/lint-imports

prove-mandate: venv ## Take out the check of each mandate rule, one by one, and see its tests fail; ARGS="M11" for some
	@$(BIN)/python -m tests.planted.prove $(ARGS)

proof-bad-input: venv ## Send 100,000 generated requests: no 5xx, nothing stored by a refusal (R12)
	@$(BIN)/python -m tests.api.proof_bad_input $(ARGS)

proof-lists: venv ## Time each list that has a reach with 30,000 cases against 1,500, on both databases
	@$(BIN)/python -m bench.lists

proof-access: venv ## Hold every decision in 24,000 random histories against the mandate, and count the rules met (R08)
	@$(BIN)/python -m tests.log.proof_access $(ARGS)

proof-races: venv ## Two API processes and 50 writers on one case; pairs, twins and withdrawals that meet (R07, R09)
	@$(BIN)/python -m tests.races $(ARGS)

proof-machines: venv ## Drive case, meeting and allocation through long random histories, on both databases
	@$(BIN)/python -m tests.machines $(ARGS)

format: venv ## Let ruff put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: venv ## Measure, each figure beside another in the same run; ARGS="profile" for a part of it
	@$(BIN)/python -m bench $(ARGS)

lock: ## Resolve every dependency anew and write requirements/lock.txt
	@$(PYTHON) requirements/lock.py

clean: ## Remove .venv and everything else that was made here
	@rm -rf .venv .venv.lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
