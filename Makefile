# make        process the circulars in input/ into output/
# make test   run all tests
# Both set up .venv first; all that is needed is Python 3.11 or later and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: all test check golden docs bench clean

all: $(VENV)/.installed
	@$(BIN)/gongwen run input -o output

test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered
	$(BIN)/coverage report --include='pipeline/document.py,pipeline/passage.py,pipeline/shown.py,pipeline/rule.py' --fail-under=100

golden: $(VENV)/.tested
	$(BIN)/python -m tests.golden

docs: $(VENV)/.installed
	$(BIN)/python -m pipeline.manual > docs/rules.md

bench: $(VENV)/.tested
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@
