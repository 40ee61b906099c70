# Two commands do it all: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# The locks name all that is needed: nothing is left to resolve.
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
SOURCE := ../shared/article/paragraphs.tsv

.DEFAULT_GOAL := help
.PHONY: help run test setup check bench screenshots docs lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

run: $(VENV)/.run  ## the bot: on Telegram with BOT_TOKEN in .env, otherwise in your browser on http://127.0.0.1:8080 (PORT=8081: there)
	@$(PY) -c 'import sys; from bot.config import load_settings; sys.exit(0 if load_settings().token else 3)' 2>/dev/null; \
	case $$? in \
	0) echo "BOT_TOKEN is set: running on Telegram. Take it out of .env to run in the browser instead."; \
	  exec $(PY) -m bot run;; \
	3) echo "No BOT_TOKEN: running in your browser, without Telegram. To run on Telegram: cp .env.example .env, and set BOT_TOKEN in it."; \
	  exec $(PY) -m bot playground $(if $(PORT),--port $(PORT));; \
	*) exec $(PY) -m bot run;; \
	esac

test: $(VENV)/.dev  ## every test, file by file on up to four cores
	$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

setup: $(VENV)/.dev  ## only prepare .venv, for running and for development

check: $(VENV)/.dev  ## style, types, rooms, facts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m facts check $(if $(wildcard $(SOURCE)),--source $(SOURCE))
	$(if $(wildcard $(SOURCE)),$(PY) -m facts coverage --source $(SOURCE),@echo "NOT CHECKED against the article: $(SOURCE) is absent")

bench: $(VENV)/.dev  ## measure speed and size; BENCHMARKS.md tells what came out
	$(PY) -m tests.bench $(ARGS)

screenshots: $(VENV)/.dev  ## pictures of typical moments, into docs/pictures
	$(PY) -m tests.screenshots $(ARGS)

docs: $(VENV)/.dev  ## write the pages of docs/ that are made from the program
	$(PY) -m tests.documents

lock: $(VENV)/.dev  ## resolve the versions anew, with hashes, for every platform
	$(VENV)/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" --group dev -o requirements-dev.lock
	$(VENV)/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" -c requirements-dev.lock -o requirements.lock

clean:  ## remove .venv and caches; facts and database stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3 cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock | $(PY)
	@echo "Preparing $(VENV) (about half a minute, only the first time) …"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(PY)
	@echo "Preparing $(VENV) for development (about a minute, only the first time) …"
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.run
