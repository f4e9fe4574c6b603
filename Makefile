# make demo   starts the app        make test   lints and runs every test
# make view FAMILY=gan NAME=circles   begins a new view: see docs/adding-a-view.md
# Both prepare .venv first; all they need is Python 3.11 or later.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
DEBIAN := chromium fonts-noto-color-emoji fonts-noto-cjk nginx openssl util-linux
EMOJI_FONT := /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf

.PHONY: demo test view browser

demo: $(VENV)/.installed
	$(BIN)/python app.py

test: $(VENV)/.installed-dev node_modules/.installed browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(NODE) npm run check
	find aigc_demo -name '*.pyi' -delete  # Gradio may have left some: pyright would read them in place of modules
	$(NODE) npm run types
	$(NODE) npm test
	$(BIN)/python -m pytest -n 2 --dist loadfile

view: $(VENV)/.installed
	$(BIN)/python -m aigc_demo.ui.new_view $(FAMILY) $(NAME)

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "AIGC Demo needs Python 3.11 or later; '$(PYTHON)' is not. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }  # half an environment would look like a whole one next time

$(VENV)/.installed: requirements.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $(VENV)/.installed $@

# Node, from the environment, checks the scripts; the app does not need it.
node_modules/.installed: package.json package-lock.json $(VENV)/.installed-dev
	$(NODE) npm ci
	@touch $@

# The browser tests skip themselves where there is no Chromium, those of hosting where there is no nginx, except with CI=true.
browser:
	@PATH="$$PATH:/usr/sbin"; \
	if command -v chromium >/dev/null && command -v nginx >/dev/null && command -v openssl >/dev/null && [ -e $(EMOJI_FONT) ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get install -y $(DEBIAN) && exit 0; fi; \
	echo "Chromium, nginx, openssl or the emoji font is missing, and its tests with it. To install them on Debian:"; \
	echo "    sudo apt-get update && sudo apt-get install -y $(DEBIAN)"; \
	[ "$(CI)" != true ]
