# make docs: the documentation, by Sphinx and by MkDocs from the same pages, warnings as errors.
# make test: every test that this machine can run; what it cannot is skipped with a reason.
# Each makes its own environment in .venv; nothing is installed anywhere else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILD := build
LOWEST := $(VENV)-lowest
LOWEST_TESTS := $(addprefix tests/core/test_,body.py views.py roadmap.py) \
	$(addprefix tests/sphinx/test_,pages.py domain.py records.py roadmap_pages.py)
HOSTS := $(VENV)-properdocs $(VENV)-zensical

.PHONY: docs test lint lowest hosts wheel clean

docs: $(VENV)/.docs
	rm -rf $(BUILD)/docs
	$(BIN)/sphinx-build -n -W --keep-going -q -b html docs $(BUILD)/docs/sphinx
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -d $(BUILD)/docs/mkdocs  # -q would switch --strict off
	@echo "The documentation is in $(BUILD)/docs/sphinx/index.html and $(BUILD)/docs/mkdocs/index.html."

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# A quick part of the tests with the lowest versions of Sphinx, docutils and markdown-it-py; `nox` has all of them.
lowest: $(LOWEST)/.installed
	$(LOWEST)/bin/python -m pytest -q -n auto -p no:cacheprovider $(LOWEST_TESTS)

$(LOWEST)/.installed: pyproject.toml tests/lowest.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q -c tests/lowest.txt -e ".[sphinx]" beautifulsoup4 docutils furo myst-parser pytest pytest-xdist
	@touch $@

# ProperDocs without MkDocs, and Zensical, in environments of their own; `make test` uses them where they are.
hosts: $(addsuffix /.installed,$(HOSTS))

wheel: $(VENV)/.test
	rm -rf dist
	$(BIN)/python -m build --quiet --wheel .

$(VENV)/.docs: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e ".[docs]"
	@touch $@

$(VENV)/.test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e ".[test,docs]"
	@touch $@ $(VENV)/.docs

$(VENV)-properdocs/.installed: pyproject.toml
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q -e ".[markdown,rst]" properdocs properdocs-theme-mkdocs properdocs-theme-readthedocs mkdocs-material
	$(@D)/bin/python -m pip uninstall -q -y mkdocs
	@touch $@

$(VENV)-zensical/.installed: pyproject.toml
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q -e ".[markdown,rst]" zensical
	@touch $@

clean:
	rm -rf $(BUILD) dist $(VENV) $(LOWEST) $(HOSTS) *.egg-info
