# What one can do here; `make` alone lists it. Needs Python 3.11 or newer and a C++ compiler, nothing else.

VENV := .venv
BIN := $(VENV)/bin
# Each stamp tells that the dependencies of pyproject.toml, as it then was, are installed.
PLAY := $(VENV)/.installed-all
WORK := $(VENV)/.installed-dev

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup demo playthrough test check bench pictures tune clean
.DELETE_ON_ERROR:

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(WORK) ## Install the engine with all tools for working on it, and fetch the models
	@$(BIN)/npcengine setup

demo: $(PLAY) ## Install what playing needs, fetch the models and start the demo game
	@$(BIN)/npcengine setup
	@$(BIN)/npcengine demo

playthrough: setup ## Have the demo played by a script, by voice and with the real models; pictures go to played/
	$(BIN)/npcengine demo --script demo_game/scripts/playthrough.yaml --headless --out played

test: setup ## Run all tests
	@$(BIN)/npcengine setup --model smollm2-135m-instruct
	$(BIN)/python -m pytest

check: $(WORK) ## Lint, formatting, types and import rules: what must hold before the tests run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## Measure the engine on this machine (about ten minutes) and renew docs/performance.md
	$(BIN)/npcengine bench --json | $(BIN)/python -m benchmarks.performance_page

pictures: setup ## Draw the documents' pictures of faces and the sprite example's mouths anew
	$(BIN)/python -m benchmarks.face_sheets
	$(BIN)/python -m benchmarks.face_plots
	$(BIN)/python examples/draw_mouths.py

tune: $(WORK) ## Teach the shipped adapter anew (about an hour on two cores that multiply in bfloat16)
	@$(BIN)/npcengine setup
	$(BIN)/python -m pip install --disable-pip-version-check --editable '.[tune]'
	$(BIN)/npcengine tune training -o npcengine/mind/adapters/gemma-3-270m.gguf --model gemma-3-270m --steps 850 --seed 0 \
		--rank 16 --rate 5e-4 --precision bfloat16

clean: ## Remove the environment and everything built (fetched models stay)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) can't make environments: its venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making an environment in $(VENV) with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv $(VENV)

$(PLAY): pyproject.toml | $(BIN)/python
	@$(call install,all)
	@touch $@

$(WORK): pyproject.toml | $(BIN)/python
	@$(call install,dev)
	@touch $(PLAY) $@

# The language model's engine is the only package that comes as source and is compiled here.
define install
	if ! $(BIN)/python -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("llama_cpp") is None)'; then \
		if ! command -v "$${CXX:-c++}" >/dev/null && ! command -v g++ >/dev/null && ! command -v clang++ >/dev/null; then \
			echo "No C++ compiler was found; llama-cpp-python needs one."; \
			echo "On Debian and Ubuntu: apt install g++. On macOS: xcode-select --install"; \
			exit 1; \
		fi; \
		echo "The first time, llama-cpp-python is compiled: about five minutes on two cores. pip then keeps the result."; \
	fi; \
	if command -v ldconfig >/dev/null && ! ldconfig -p 2>/dev/null | grep -q libportaudio; then \
		echo "Hint: for the microphone, install PortAudio (on Debian and Ubuntu: apt install libportaudio2)."; \
	fi; \
	$(BIN)/python -m pip install --disable-pip-version-check --editable '.[$(1)]'
endef
