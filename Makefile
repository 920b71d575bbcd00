# The front door. Everything here works from a fresh clone; the first target used builds .venv from the hashed lock.
PYTHON ?= python3
export PYTHON
BIN := .venv/bin
BUILT := .venv/.built

.PHONY: help env demo test story manual lint format bench flow lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

env: $(BUILT)  ## build .venv alone

$(BUILT): requirements-dev.lock pyproject.toml
	@.ci/provide venv
	@.ci/build-env
	@touch $@

demo: $(BUILT)  ## an invented city on 127.0.0.1; Ctrl-C stops all of it, the next start keeps the data
	@exec $(BIN)/laojian demo

test: lint  ## everything: style, migrations, all tests with the browser stories
	@.ci/provide driver browser pdf font
	$(BIN)/laojian makemigrations --check --dry-run
	$(BIN)/pytest -n 2 --create-db

story: $(BUILT)  ## the browser stories alone
	@.ci/provide driver browser pdf font
	$(BIN)/pytest tests/stories

manual: $(BUILT)  ## take the pictures of docs/manual anew, from the browser stories
	@.ci/provide driver browser words pdf font
	LAOJIAN_MANUAL=1 $(BIN)/pytest tests/stories

lint: $(BUILT)  ## style of the source
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(BUILT)  ## put the source in style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(BUILT)  ## every claim of speed, ours and its yardstick; each script's last line is its result
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

flow: $(BUILT)  ## draw docs/flow.md from the procedure's table
	$(BIN)/laojian flow > docs/flow.md.new && mv docs/flow.md.new docs/flow.md

LOCKED = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --custom-compile-command "make lock"

lock:  ## pin requirements.in (what runs) and requirements-dev.in (that and the tests) with hashes; needs uv
	$(LOCKED) requirements.in -o requirements.lock
	$(LOCKED) requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean:  ## remove the environment; the data under var/ stay
	rm -rf .venv
