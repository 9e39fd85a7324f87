# The book and its tests. `make` alone says what there is.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SITE := _build/html

# Whatever the reader has set for other projects stays out of this one, and this one out of the reader's home.
unexport PYTHONPATH PYTHONHOME
lab: export JUPYTER_CONFIG_DIR := $(CURDIR)/$(VENV)/jupyter
lab: export JUPYTER_DATA_DIR := $(CURDIR)/$(VENV)/jupyter/data
lab: export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython

.PHONY: help book test serve bench lab badge clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 14

# A page that was read with a warning is not read again, so a second build would hide it: forget the pages then.
book: $(VENV)/book.stamp ## build the site into _build/html
	$(BIN)/jupyter-book build book --config _config.yml --toc "$(CURDIR)/_toc.yml" --path-output . -W -n --keep-going \
		|| { rm -rf _build/.doctrees; exit 1; }
	@echo "Open $(CURDIR)/$(SITE)/index.html"

test: $(VENV)/test.stamp book ## build the site and run all tests
	$(BIN)/python tests/find_browser.py
	$(BIN)/python -m pytest

serve: book ## build the site and serve it on localhost (PORT=8000)
	$(BIN)/python -m http.server --bind localhost --directory $(SITE) $(PORT)

bench: $(VENV)/test.stamp book ## measure pages, engine and build against their goals
	$(BIN)/python tests/find_browser.py
	$(BIN)/python bench

lab: $(VENV)/book.stamp ## open the chapter in JupyterLab
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --LanguageServerManager.autodetect=False $(LAB_OPTIONS)

badge: ## let the Binder badge in README.md launch git's origin and branch
	@$(PYTHON) extensions/repository.py

clean: ## remove the built site
	rm -rf _build .pytest_cache .hypothesis

$(VENV):
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"This book needs Python 3.11 or newer; $(PYTHON) is {v[0]}.{v[1]}. Name a newer one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $@ || { rm -rf $@; exit 1; }

$(VENV)/%.stamp:
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r $<
	@touch $@

$(VENV)/book.stamp: requirements.txt pyproject.toml $(wildcard lab/*) | $(VENV)
$(VENV)/test.stamp: requirements-test.txt $(VENV)/book.stamp
