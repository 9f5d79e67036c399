# Every target makes its own .venv from the hash-pinned lock: Python 3.11 or newer, make and git are all that is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.PHONY: help docs demo run test lint evaluate checklist bench hostile unruly corpora fuzz soak pictures gallery audit lock clean

help:
	@echo "make demo      watch the whole service work on a local news site and a local Slack workspace"
	@echo "make run       run the service (needs Slack tokens in the environment; see README)"
	@echo "make test      run the tests"
	@echo "make lint      ruff, mypy, import contracts"
	@echo "make evaluate  measure on the labelled data in ../shared/bench, where that is present, and on the checklist"
	@echo "make checklist measure on the checklist alone: pairs of situations that differ in one thing"
	@echo "make bench     measure how fast articles are read, statements checked, feeds polled, and /record answered"
	@echo "make hostile   every hostile feed, page and server through our own download and parser"
	@echo "make unruly    the whole service while 200 feeds misbehave, or ARGS=\"300 --feeds 2000\""
	@echo "make corpora   CORPORA=dir: feed files of other readers through our own path, counted against a gold"
	@echo "make fuzz      N=n: mutated feeds, articles, statements and commands"
	@echo "make crash     CYCLES=n: kill the service with -9, at random and at each step, while a fifth of its posts fail"
	@echo "make faults    every way in which Slack may fail, a hundred alerts each; a thousand alerts at once"
	@echo "make spread    5,000 articles over two workers, while every role and PostgreSQL are killed and restarted"
	@echo "make soak      HOURS=h: a week of news an hour through the real service, its memory watched"
	@echo "make docs      write the reference anew and build the site into build/docs"
	@echo "make pictures  take the pictures in docs/images anew"
	@echo "make gallery   draw every message, answer and modal anew, in docs/gallery"
	@echo "make browser   every page in a headless Chromium, with axe, and its pictures in docs/images/web anew"
	@echo "make audit     ask whether a pinned version is known to be vulnerable (needs a network)"
	@echo "make lock      renew the pinned versions (needs uv)"

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "On Record needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The package itself is installed editable: the code in this folder is what runs.
$(VENV)/run: $(VENV)/made requirements.lock pyproject.toml
	@echo "installing On Record into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	@echo "installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run
	@$(BIN)/onrecord demo

run: $(VENV)/run
	@$(BIN)/onrecord run

test: $(VENV)/dev
	@$(BIN)/python -P -m pytest -n auto --dist worksteal $(ARGS)

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

evaluate: $(VENV)/dev
	@if [ -d ../shared/bench ]; then \
	  $(BIN)/python tests/benchmarks/evaluate.py && $(BIN)/python tests/benchmarks/errors.py; \
	else \
	  echo "the labelled data (../shared/bench) is not here: the checklist alone is measured"; \
	fi
	@$(BIN)/python tests/checklist/measure.py

checklist: $(VENV)/dev
	@$(BIN)/python tests/checklist/measure.py --failed

bench: $(VENV)/dev
	@$(BIN)/python tests/benchmarks/reading.py
	@$(BIN)/python tests/benchmarks/nearby.py
	@$(BIN)/python tests/benchmarks/commands.py
	@$(BIN)/python tests/benchmarks/web_pages.py --size 10000
	@$(BIN)/python tests/benchmarks/polling.py
	@$(BIN)/python tests/benchmarks/page_walk.py
	@$(BIN)/python tests/benchmarks/spread.py

# Campaigns: figures as one line of JSON at the end, a non-zero exit where a goal is missed. See docs/reliability.md.
CAMPAIGN = PYTHONPATH=.:tests/hostile:tests/watchers:tests/slack:tests/walk $(BIN)/python -P tests/hostile
N ?= 10000
hostile: $(VENV)/dev
	@$(CAMPAIGN)/campaign.py

unruly: $(VENV)/dev
	@$(CAMPAIGN)/unruly.py $(ARGS)

corpora: $(VENV)/dev
	@test -n "$(CORPORA)" || { echo "name a folder of feed files: make corpora CORPORA=dir"; exit 2; }
	@$(CAMPAIGN)/corpora.py "$(CORPORA)" $(ARGS)

fuzz: $(VENV)/dev
	@$(CAMPAIGN)/fuzz.py $(N) $(ARGS)

# Real processes killed with -9: CYCLES at random, EACH at every named step, STARTS of three at once. See
# docs/reliability.md; both print one JSON line at the end and fail where anything is lost or doubled.
.PHONY: crash faults spread
CYCLES ?= 20
EACH   ?= 1
STARTS ?= 1
AMONG  := PYTHONPATH=.:tests/faults:tests/walk:tests/slack:tests/ledger:tests/soak $(BIN)/python -P tests/faults
crash: $(VENV)/dev
	@$(AMONG)/crash.py --cycles $(CYCLES) --each $(EACH) --starts $(STARTS) $(ARGS)

faults: $(VENV)/dev
	@$(AMONG)/slack_faults.py

spread: $(VENV)/dev
	@$(AMONG)/distributed.py $(ARGS)
HOURS ?= 8
soak: $(VENV)/dev
	@$(BIN)/python -P tests/soak/run.py --hours $(HOURS) $(ARGS)

# The pages of docs/ as a site; a link that leads nowhere fails it.
docs: $(VENV)/dev
	@PYTHONPATH=. $(BIN)/python .ci/reference.py
	@$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs build/docs
	@echo "build/docs/index.html"

# The pictures in docs/images, from the running demonstration; needs a chromium on the PATH.
pictures: $(VENV)/run
	@bash .ci/pictures

# Every message kind, in docs/gallery; needs a chromium on the PATH (and pngquant, to keep the pictures small).
gallery: $(VENV)/dev
	@PYTHONPATH=.:tests/gallery:tests/slack $(BIN)/python -P tests/gallery/album.py

# Every page and flow in a real browser, and the pictures of docs/pages.md; needs a chromium on the PATH.
.PHONY: browser
browser: $(VENV)/dev
	@mkdir -p docs/images/web
	@WEB_PICTURES=docs/images/web $(BIN)/python -P -m pytest tests/web/test_browser.py -m "campaign or not campaign" $(ARGS)

# Its own environment for the tool, so that what audits is not among what is audited.
audit:
	@PYTHON=$(PYTHON) bash .ci/audit

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
lock:
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group dev --extra postgresql --extra distributed --output-file requirements-dev.lock
	$(LOCK) --group build --extra postgresql --extra distributed --constraint requirements.lock --output-file deploy/requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
