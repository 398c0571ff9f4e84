# `make check` is what has to pass; it uses the virtual environment that the README sets up.
BIN ?= .venv/bin

.PHONY: check lint types contracts test format

check: lint types contracts test

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

test:
	$(BIN)/pytest

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
