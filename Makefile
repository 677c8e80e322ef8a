# Needs make and Python 3.11 or newer. Another Python than python3: make clean test PYTHON=python3.13
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: demo test lint bench record clean

demo: .venv/ready
	rm -rf build/demo
	$(BIN)/prep demo build/demo

test: .venv/ready
	$(BIN)/python -m pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Beside its peers, too: docs/benchmarks.md. With sets of queries that have known answers: make bench SETS=FOLDER
bench: .venv/ready build/peers/ready
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/craft.py
	$(BIN)/python bench/compare.py --peers build/peers/$(BIN:.venv/%=%)/python $(if $(SETS),--sets $(SETS))

# Conversations with a model, anew: `git diff cassettes` then shows what leaves otherwise than before.
record: .venv/ready
	$(BIN)/python -m pytest -m vcr --record-mode=rewrite $(if $(PREP_RECORD_URL),--force-enable-socket)

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

build/peers/ready: bench/peers/requirements.txt bench/peers/llm_hashed/llm_hashed.py
	$(PYTHON) -m venv build/peers
	build/peers/$(BIN:.venv/%=%)/python -m pip install --quiet --requirement bench/peers/requirements.txt ./bench/peers/llm_hashed
	touch $@

# The stamp is written last, so that a half-made environment is made again.
.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
