# Moviola's commands. `make help` lists them.
ARCHIVE ?= data/moviola.db
PORT ?= 8001
LIMIT ?= 50
PYTHON ?= python3
BIN := .venv/bin
export MOVIOLA_ARCHIVE := $(ARCHIVE)

.DEFAULT_GOAL := help
.PHONY: help demo test crawl schedule fetch browse bench bench-pages score score-matches simulate format lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.run: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	@echo "Installing what requirements-dev.lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.run  ## crawl the bundled sample newspaper into data/demo.db and show what was read
	@$(BIN)/python -m tests.newspaper.demo data/demo.db

test: .venv/.dev  ## everything that CI runs: format, lint, types, tests
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@command -v chromium >/dev/null || echo "chromium is missing, so the tests of pages skip: apt-get install chromium"
	@$(BIN)/pytest -n 2 -q

crawl: .venv/.run  ## crawl the real sites that are due, or one: make crawl SITE=pianetamilan
	@$(BIN)/scrapy visit $(SITE) -L WARNING

schedule: .venv/.run  ## keep the archive fresh until Ctrl-C: visits sites whenever they are due
	@$(BIN)/scrapy schedule

fetch: .venv/.run  ## read pages now: make fetch URL=https://… (a local .html file, a home page or a section will do)
	@$(BIN)/scrapy crawl page -a url="$(URL)" -a limit=$(LIMIT) -L WARNING

browse: .venv/.run  ## Datasette on the archive, http://127.0.0.1:8001
	@$(BIN)/python -m pipelines.archive.browse $(ARCHIVE) --port $(PORT)

score: .venv/.dev  ## the event reader against the corpus
	@$(BIN)/python -m tests.score

score-matches: .venv/.dev  ## the joining of articles against the corpus
	@$(BIN)/python -m tests.score_matches

bench: .venv/.dev  ## benchmarks, as ratios inside one run
	@$(BIN)/python -m bench $(ONLY)

bench-pages: .venv/.dev  ## the pages on an archive of 200,000 articles, which it builds first (5 minutes)
	@$(BIN)/python -m bench.pages

simulate: .venv/.dev  ## a month of sixty papers on a virtual clock, five real minutes over HTTP, the due query
	@$(BIN)/python -m bench.simulate

format: .venv/.dev  ## put the code into the house's form
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

lock:  ## make requirements*.lock from requirements*.in (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-dev.in -o requirements-dev.lock

clean:  ## remove what was built; archives stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
