# Shortcuts for the plain commands in README.md. Needs Python 3.11.5 or newer, nothing else.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help site zensical serve editions screenshots test audit bench faults reproduce upgrade clean

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|'

site: $(STAMP)  ## run what is stale and build the site into site/
	$(BIN)/python -m mkdocs build

zensical: $(STAMP)  ## build the same site with Zensical, into site/; it runs no snippets itself
	$(BIN)/python scripts/run_snippets.py
	$(BIN)/python -m zensical build --clean --strict
	$(BIN)/python scripts/finish_site.py site

serve: $(STAMP)  ## preview on http://127.0.0.1:8000, reloading as you save
	$(BIN)/python -m mkdocs serve

editions: $(STAMP)  ## build the site with its offline zip and its PDF in site/editions/ (needs Chromium)
	EDITIONS=true $(BIN)/python -m mkdocs build
	$(BIN)/python scripts/editions.py

screenshots: $(STAMP)  ## pictures of all pages, both themes and two widths, into .build/screenshots/
	$(BIN)/python -m mkdocs build --quiet
	$(BIN)/python scripts/screenshots.py

test: $(STAMP)  ## all tests
	$(BIN)/python -m pytest

audit: $(STAMP)  ## how fast and readable the pages are, against limits: Lighthouse, three runs of each
	$(BIN)/python scripts/audit.py

bench: $(STAMP)  ## what the runner costs, against a bare loop and plain python; a formula; the site and its preview
	$(BIN)/python scripts/bench.py
	$(BIN)/python scripts/bench_formulas.py
	$(BIN)/python scripts/bench_site.py

faults: $(STAMP)  ## kill runs and builds at random moments and fill a disk: no page is wrong, no result lost
	$(BIN)/python scripts/faults.py --builds 20 --disk

reproduce: $(STAMP)  ## build two clones under all that must not matter, and compare every byte of the sites
	$(BIN)/python scripts/reproduce.py

upgrade: $(STAMP)  ## try the newest torch, NumPy and matplotlib, and tell in a table what would change
	$(BIN)/python scripts/upgrade.py

clean:  ## delete everything that was made, except the installed packages
	rm -rf .build .cache site

# The stamp is newer than what it was installed from: a second command installs nothing.
$(STAMP): requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no '$(PYTHON)' here. Install Python 3.11.5 or newer, or name yours:" \
	       "make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and \
	  "This book needs Python 3.11.5 or newer; $(PYTHON) is " + sys.version.split()[0] + \
	  ". Name another one: make PYTHON=/path/to/python3")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $(STAMP)
