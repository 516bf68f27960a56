# Premier Accueil. "make run" and "make test" do everything on a fresh machine that has python3,
# git and make. Each target is a small program in scripts/: standard library, Python 3.9 or later.

# A pyenv shim may refuse to start for want of the version that .python-version names.
STARTS = import sys; sys.version_info < (3, 9) or print(sys.executable)
starts = $(shell $(1) -c '$(STARTS)' 2>/dev/null)
PYTHON := $(or $(call starts,python3),$(call starts,/usr/bin/python3),$(call starts,python3.13))
ifeq ($(PYTHON),)
$(error Il faut Python 3.9 ou plus récent pour lancer make : installez le paquet python3)
endif
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help setup train run test lint types evaluate bench safety lock clean

help:  ## cette aide
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name what; do \
	  printf '  make %-9s %s\n' "$$name" "$$what"; done

setup:  ## construit ou répare les deux environnements (.venv et bot/.venv)
	@$(PYTHON) -m scripts.setup

train:  ## entraîne le modèle, si aucun ne correspond au contenu
	@$(PYTHON) -m scripts.train

run:  ## prépare ce qui manque, démarre tout et affiche une adresse ; Ctrl-C arrête tout
	@$(PYTHON) -m scripts.run

test:  ## style, types, couches, contenus, puis tous les tests
	@$(PYTHON) -m scripts.test

lint:  ## style et mise en forme du code
	@$(PYTHON) -m scripts.test --only lint

types:  ## types et couches
	@$(PYTHON) -m scripts.test --only types

evaluate: setup  ## mesure la compréhension du français (ARGS="…" pour les options)
	@PYTHONPATH=$(CURDIR) bot/.venv/bin/python -m bot.evaluation $(ARGS)

bench: setup  ## mesure le débit et les temps de réponse (ARGS="…" pour les options)
	@PYTHONPATH=$(CURDIR) .venv/bin/python -m tests.load.bench $(ARGS)

safety: setup  ## entraîne le classifieur de sécurité sur data/safety/examples, puis mesure
	@PYTHONPATH=$(CURDIR) .venv/bin/python -m scripts.train_safety
	@PYTHONPATH=$(CURDIR) .venv/bin/python tests/safety/figures.py

lock:  ## choisit à nouveau les versions des dépendances et réécrit les verrous
	@$(PYTHON) -m scripts.lock

clean:  ## efface environnements, modèles, caches et journaux ; garde la base de données
	@$(PYTHON) -m scripts.clean
