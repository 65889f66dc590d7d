# Needs python 3.11+ and make. Every target makes what it needs; a second run starts at once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.ready-run
DEV    := $(VENV)/.ready-dev
NEWEST := build/newest-litellm
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: interview test check lint types imports schemas pictures man bench bench-compare soak newest-litellm prove-local sbom licences clean lock

interview: $(RUN)
	@$(BIN)/interviewer

test: $(DEV)
	@$(BIN)/python -m pytest -n auto

check: lint types imports test

lint: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV)
	@$(BIN)/mypy

imports: $(DEV)
	@$(BIN)/lint-imports

schemas: $(RUN)
	@$(BIN)/interviewer questions schemas docs/schemas
	@$(BIN)/python -c "from interviewer.report.document_schema import published; print(published(), end='')" \
	  > docs/schemas/interview.json

pictures: $(DEV)
	@$(BIN)/python -m tools.pictures

man: $(DEV)
	@$(BIN)/python -m tools.man_page

bench: $(DEV)
	@$(BIN)/python -m benchmarks

bench-compare: $(DEV)
	@$(BIN)/python -m benchmarks --against $(AGAINST)

soak: $(DEV)
	@$(BIN)/python -m tools.soak $(ONLY)

# The lock holds the litellm whose needs resolve everywhere; this tries the newest that pyproject.toml allows beside it.
newest-litellm: $(DEV)
	@rm -rf $(NEWEST) && $(PIP) install --no-deps --target $(NEWEST) "$$(sed -n 's/^ *"\(litellm>.*\)",$$/\1/p' pyproject.toml)"
	@PYTHONPATH=$(NEWEST) $(BIN)/python -m pytest -n auto tests/models tests/end_to_end/test_models.py

prove-local: $(DEV)
	@$(BIN)/python -m pytest -rs tests/proof

sbom: $(DEV)
	@$(BIN)/python -m tools.supply sbom

licences: $(DEV)
	@$(BIN)/python -m tools.supply licences

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Interviewer needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3 ..."; exit 1; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group dev --group build --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -c requirements.lock -o requirements-dev.lock
	uv pip compile --group build --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -c requirements-dev.lock -o requirements-build.lock
