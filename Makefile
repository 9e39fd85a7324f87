# The book and its tests. `make` alone says what there is.

PYTHON ?= python3
PORT ?= 8000
SEEDS ?= 1-30
VENV := .venv
BIN := $(VENV)/bin
SITE := _build/html

# Whatever the reader has set for other projects stays out of this one, and this one out of the reader's home.
unexport PYTHONPATH PYTHONHOME PIP_CONSTRAINT PIP_PREFIX PIP_TARGET PIP_USER
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython
book lab: export JUPYTER_CONFIG_DIR := $(CURDIR)/$(VENV)/jupyter
book lab: export JUPYTER_DATA_DIR := $(CURDIR)/$(VENV)/jupyter/data
book lab: export JUPYTER_RUNTIME_DIR := $(CURDIR)/$(VENV)/jupyter/runtime

.PHONY: help book check test serve bench lab badge pins worksheets clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 14

# A page that was read with a warning is not read again, so a second build would hide it: forget the pages then.
book: $(VENV)/book.stamp ## build the site into _build/html
	$(BIN)/jupyter-book build book --config _config.yml --toc "$(CURDIR)/_toc.yml" --path-output . -W -n --keep-going \
		|| { rm -rf _build/.doctrees; exit 1; }
	@echo "Open $(CURDIR)/$(SITE)/index.html"

check: $(VENV)/test.stamp ## lint, limits, types and the engine's tests, in seconds
	$(BIN)/ruff check
	$(BIN)/python tools/limits.py
	$(BIN)/python tools/typed.py
	$(BIN)/python tests/find_browser.py
	$(BIN)/python -m pytest tests/byhand -n 2

test: check book ## the same, then build the site and run all other tests
	$(BIN)/python -m pytest --ignore tests/byhand -n 2 --dist loadscope --no-loadscope-reorder

serve: book ## build the site and serve it on localhost (PORT=8000)
	$(BIN)/python tools/serve.py $(SITE) "$(PORT)"

bench: $(VENV)/test.stamp book ## measure pages, engine and build against their goals
	$(BIN)/python tests/find_browser.py
	$(BIN)/python bench

lab: $(VENV)/book.stamp ## open the chapter in JupyterLab
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --LanguageServerManager.autodetect=False $(LAB_OPTIONS)

badge: ## let the Binder badge in README.md launch git's origin and branch
	@$(PYTHON) extensions/repository.py

pins: $(VENV)/test.stamp ## renew constraints.txt: the newest packages that fit
	$(BIN)/python tools/pins.py

worksheets: $(VENV)/book.stamp ## print worksheets and their keys into _build/worksheets (SEEDS=1-30 ADDRESS=https://… LOSS=squared)
	$(BIN)/python tools/worksheets.py $(SEEDS) _build/worksheets $(if $(ADDRESS),--address $(ADDRESS)) \
		$(if $(LOSS),--$(LOSS))

clean: ## remove the built site
	rm -rf _build .pytest_cache .hypothesis

# A set-up that ended well says in `whole` where. Without that, or without its Python or pip, .venv is made anew.
ifneq ($(shell cat $(VENV)/whole 2>&1 && { $(BIN)/python -I -m pip --version >/dev/null 2>&1 || echo no pip; }),$(CURDIR))
.PHONY: $(BIN)/python
endif

$(BIN)/python:
	@$(PYTHON) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "This book needs Python 3.11 \
	or newer with its venv (Debian: apt install python3-venv). Name one: make PYTHON=python3.12" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp:
	@rm -f $(VENV)/whole
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r $<
	@touch $@ && pwd -P > $(VENV)/whole

$(VENV)/book.stamp: requirements.txt constraints.txt pyproject.toml $(wildcard lab/*) $(BIN)/python
$(VENV)/test.stamp: requirements-test.txt $(VENV)/book.stamp
