"""`chainrule.check.mistakes`: its tables are whole, found, and each formula is recognised when it is the answer."""

from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from chainrule.check import Sheet, mistakes
from chainrule.check.mistakes import MODULES, known_mistakes
from chainrule.gradcheck import spaced

RNG = np.random.default_rng(0)
TABLES = {
    f"{notebook}.{module}": import_module(f"chainrule.check.mistakes.{notebook}.{module}")
    for notebook, modules in MODULES.items()
    for module in modules
}


def test_every_module_with_a_table_is_looked_into():
    folder = Path(mistakes.__file__).parent
    files = [path for path in folder.glob("*/*.py") if "\nMISTAKES" in path.read_text(encoding="utf-8")]
    assert sorted(TABLES) == sorted(f"{path.parent.name}.{path.stem}" for path in files)


def test_no_exercise_has_tables_in_two_modules():
    """So the order in which the modules are looked into cannot matter."""
    assert max(Counter(key for table in TABLES.values() for key in table.MISTAKES).values()) == 1


def test_every_mistake_has_a_sentence_in_its_own_module():
    for name, table in TABLES.items():
        assert {identifier for formulas in table.MISTAKES.values() for identifier in formulas} <= set(table.TEXTS), name


def test_no_sentence_is_idle():
    used = {identifier for table in TABLES.values() for formulas in table.MISTAKES.values() for identifier in formulas}
    assert used == {identifier for table in TABLES.values() for identifier in table.TEXTS}


ARGUMENTS = {
    "z": spaced(RNG, 3, 4),
    "x": spaced(RNG, 3, 5),
    "w": spaced(RNG, 5),
    "b": 0.7,
    "W_h": spaced(RNG, 5, 2),
    "b_h": spaced(RNG, 2),
    "w_a": spaced(RNG, 2),
    "b_a": -0.4,
}
SIGNATURES = {
    "sigmoid": "sigmoid(z) -> a",
    "logistic_forward": "logistic_forward(x, w, b) -> a",
    "log_likelihood": "log_likelihood(x, y, w, b) -> S",
    "hidden_layer": "hidden_layer(x, W_h, b_h) -> h",
    "softmax": "softmax(z) -> a",
}
Y = np.array([1.0, 0.0, 1.0])
CASES = [(exercise, name) for exercise in SIGNATURES for name in known_mistakes(exercise)]


@pytest.mark.parametrize(("exercise", "name"), CASES)
def test_a_known_mistake_is_recognised_when_it_is_the_answer(exercise, name):
    """Against a wrong expectation every formula must recognise itself; several may be the same at one input."""
    sheet = Sheet(SIGNATURES[exercise], known_mistakes(exercise)[name][1], points=1)
    arguments = [{**ARGUMENTS, "y": Y}[argument] for argument in sheet.signature.arguments]
    result = np.asarray(known_mistakes(exercise)[name][1](*arguments), np.float64)
    sheet.values("never", *arguments, expect=np.arange(result.size).reshape(result.shape) + 0.123)
    assert name in sheet.report().outcomes[0].finding.suspects


def test_exercises_of_two_notebooks_that_share_a_name_have_each_their_own_mistakes():
    tensorflow = known_mistakes("conv2d", ("input", "filter", "strides", "padding", "data_format", "dilations"))
    notebook_3 = known_mistakes("conv2d", ("x", "w", "b", "stride", "pad"))
    assert "odd-zero-before" in tensorflow.keys() - notebook_3.keys()
    assert "bias-left-out" in notebook_3.keys() - tensorflow.keys()
