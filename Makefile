# Each target sets up what it needs; `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PYTEST := OMP_WAIT_POLICY=passive $(BIN)/pytest -n auto --dist loadfile

# what the tests share, for programs that pytest does not start
HELPERS := PYTHONPATH=autograder/tests/helpers

.DEFAULT_GOAL := help
.PHONY: help venv demo lab slides docs pictures warm \
        lint test test-all test-attacks test-notebooks test-browser test-oracle prove test-mutants fuzz-ops fuzz-grading \
        bench bench-grading stress-grading lenet \
        constraints frozen

help:  ## what can be made here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1	/' | expand -t 24

# what an editable install copies, rather than points to, makes it stale too
$(VENV)/.ready: constraints.txt pyproject.toml pkg/pyproject.toml autograder/pyproject.toml \
                autograder/nbgrader_config.py autograder/jupyter/settings.json
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit("Python %d.%d found, 3.11 or newer needed: make PYTHON=python3.11 ..." % v[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "could not make $(VENV): install Python's venv module (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip hatchling editables
	@$(BIN)/python -m pip install --quiet --no-build-isolation -c constraints.txt --group dev -e 'pkg[test]' -e 'autograder[slides,test]'
	@touch $@

venv: $(VENV)/.ready  ## the environment in .venv, at the pinned versions

demo: $(VENV)/.ready  ## the whole loop on a made-up class of twelve, in build/demo
	@$(BIN)/autograder doctor --install
	@rm -rf build/demo
	@$(BIN)/autograder demo build/demo

lab: $(VENV)/.ready gradebook.db  ## JupyterLab on the course, with Validate and formgrader
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab --ip=127.0.0.1 --LabApp.default_url=/lab/tree/course \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

# a notebook in course/ that somebody has worked in already is never overwritten
gradebook.db: | $(VENV)/.ready
	@if $(BIN)/autograder release --check; then $(BIN)/autograder release; \
	else echo "course/ is left as it is, so formgrader will have no assignments; Validate works."; fi

slides: $(VENV)/.ready  ## the notebooks as lectures in both languages, in build/slides; they need no network
	$(BIN)/autograder slides

docs: $(VENV)/.ready  ## the reference of pkg/, from its docstrings, in build/docs
	$(BIN)/sphinx-build -q -W --keep-going -b html pkg/docs build/docs

pictures: demo  ## the README's picture of feedback pages, from the class in build/demo
	$(BIN)/python autograder/docs/pictures.py "$$($(BIN)/python autograder/tests/helpers/chromium.py)" build/demo autograder/docs/feedback.png

warm: $(VENV)/.ready  ## compile the kernels into the cache, so that no first call waits
	$(BIN)/python -m chainrule.warm

# Checks

lint: $(VENV)/.ready  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## what every change must pass, in a quarter of an hour
	$(BIN)/autograder release --check
	$(BIN)/autograder prove
	$(BIN)/autograder doctor --install
	$(PYTEST)

test-all: test test-browser test-mutants test-attacks test-notebooks test-oracle  ## all suites

test-attacks: $(VENV)/.ready  ## hostile and unlucky submissions, each with its exact score, through the real sandbox
	$(BIN)/autograder doctor --install
	$(BIN)/pytest autograder/tests/attacks

test-notebooks: $(VENV)/.ready  ## all notebooks under plain nbconvert and plain nbgrader: solutions have full marks, releases 0
	$(BIN)/pytest autograder/tests/notebooks

test-browser: $(VENV)/.ready  ## JupyterLab, formgrader, widgets and decks in Chromium; pictures in build/screenshots
	@$(BIN)/python autograder/tests/helpers/chromium.py
	@$(BIN)/autograder doctor --install
	$(PYTEST) autograder/tests/browser

$(VENV)/.oracle: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --no-build-isolation -c constraints.txt -e 'pkg[oracle]'
	@touch $@

test-oracle: $(VENV)/.oracle  ## 1,000 random shapes of every operation against JAX and PyTorch
	CHAINRULE_GEOMETRIES=$(or $(GEOMETRIES),1000) $(PYTEST) pkg/tests/oracle

prove: $(VENV)/.ready  ## do the notebooks' tests tell wrong answers from right ones? build/matrix.html
	$(BIN)/autograder prove --html build/matrix.html

test-mutants: $(VENV)/.ready  ## do the notebooks' tests notice each small change of a solution?
	$(BIN)/autograder prove --mutate

fuzz-ops: $(VENV)/.ready  ## arguments of every kind for MINUTES (20): nothing may crash
	nice -n 10 $(BIN)/python pkg/tests/fuzz/fuzz_ops.py $(or $(MINUTES),20)

fuzz-grading: $(VENV)/.ready  ## damaged messages and submissions for MINUTES (60): each is read or refused
	nice -n 10 $(BIN)/python autograder/tests/fuzz/fuzz_grading.py $(or $(MINUTES),60)

# Figures

bench: $(VENV)/.oracle  ## every figure of pkg/README.md, against PyTorch, JAX and NumPy (THREADS=1 on busy cores); ONLY=c4-filter
	$(BIN)/python pkg/benchmarks/bench.py $(ONLY)

bench-grading: $(VENV)/.ready  ## a class of STUDENTS (100) graded by plain nbgrader and by this kit: time, memory, scores
	$(HELPERS) $(BIN)/python autograder/benchmarks/grading.py --students $(or $(STUDENTS),100)

stress-grading: $(VENV)/.ready  ## KILLS (100) in the middle of grading: nothing lost; the memory over a class of STUDENTS (1000)
	$(HELPERS) $(BIN)/python autograder/benchmarks/stress.py \
	  --kills $(or $(KILLS),100) --students $(or $(STUDENTS),1000)

lenet: $(VENV)/.oracle  ## train LeNet on the digits, here and in PyTorch, step by step the same
	$(BIN)/python pkg/benchmarks/digits.py
	$(BIN)/python pkg/benchmarks/digits.py --net lenet5

# What is made once and committed

constraints:  ## resolve every version anew and pin it
	rm -rf build/resolve && $(PYTHON) -m venv build/resolve
	build/resolve/bin/python -m pip install --quiet --upgrade pip setuptools hatchling editables
	build/resolve/bin/python -m pip install --quiet --no-build-isolation --group dev -e 'pkg[test,oracle]' -e 'autograder[slides,test]'
	{ echo '# Every version that the kit is built, tested and graded with. Made by `make constraints`.'; \
	  build/resolve/bin/python -m pip freeze --all --exclude-editable | sed 's/+cpu$$//' | sort -f; } > constraints.txt

TENSORFLOW := build/tensorflow
$(TENSORFLOW)/.ready: pkg/tests/fixtures/tensorflow-requirements.txt
	@$(PYTHON) -m venv --clear $(TENSORFLOW)
	@echo "installing TensorFlow into $(TENSORFLOW) ..."
	@$(TENSORFLOW)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

frozen: $(TENSORFLOW)/.ready  ## TensorFlow's values anew, for notebook 06 and the tests of pkg/; in build/tensorflow
	TF_CPP_MIN_LOG_LEVEL=3 $(TENSORFLOW)/bin/python solutions/06-tf-conv/make_frozen.py
	TF_CPP_MIN_LOG_LEVEL=3 $(TENSORFLOW)/bin/python pkg/tests/fixtures/make_tensorflow.py
