# Two commands: `make crawl` and `make test`. Each makes what it needs; nothing has to be set up by hand.

PYTHON ?= python3
VENV   ?= .venv
bin    := $(VENV)/bin
SITE   ?=
URL    ?=
ARGS   ?=
OUTPUT := $(or $(NEWSSPIDER_OUTPUT),output)

.PHONY: help crawl test lint types clean

help:
	@echo 'make crawl                  crawl the demo newsroom (no network) into output/'
	@echo 'make crawl SITE=newsx.com   crawl a site that has a site file'
	@echo 'make crawl URL=https://...  crawl any section page'
	@echo 'make test                   run the tests'
	@echo 'make lint types             what CI runs besides'
	@echo 'ARGS="-a max_articles=50"   is handed on to scrapy crawl'

# -- install ----------------------------------------------------------------------------------------------------

$(bin)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'newsspider needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(bin)/python
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(bin)/python
	$(bin)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

# -- the two commands -------------------------------------------------------------------------------------------

crawl: $(VENV)/.run
ifneq ($(URL),)
	$(bin)/scrapy crawl news -a url='$(URL)' $(ARGS)
else ifneq ($(SITE),)
	$(bin)/scrapy crawl news -a site='$(SITE)' $(ARGS)
else
	@mkdir -p $(OUTPUT) && rm -rf $(OUTPUT)/demo.sqlite*  # the demo starts afresh each time
	$(bin)/scrapy demo -- $(bin)/scrapy crawl news -a site=all -s LEDGER_URL=$(OUTPUT)/demo.sqlite $(ARGS)
endif

test: $(VENV)/.dev
	$(bin)/python -m pytest -n 2 --dist worksteal $(ARGS)

# -- checks -----------------------------------------------------------------------------------------------------

lint: $(VENV)/.dev
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/lint-imports

types: $(VENV)/.dev
	$(bin)/mypy

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
