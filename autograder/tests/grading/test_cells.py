"""The plan of a notebook, cell by cell, against the side that must run it by what nbgrader's metadata say."""

import pytest
from autograder.grading.cells import Plan, modules_of, plan_of
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SOLUTION = {"solution": True, "grade": False, "locked": False}
TEST = {"solution": False, "grade": True, "locked": True, "points": 2}
LOCKED = {"solution": False, "grade": False, "locked": True}


def cell(name: str, source: str, settings: dict[str, object] | None = None) -> NotebookNode:
    return new_code_cell(source, id=name, metadata={"nbgrader": settings} if settings else {})


def source() -> NotebookNode:
    """The instructor's notebook."""
    return new_notebook(
        cells=[
            new_markdown_cell("# Title", id="title"),
            cell("imports", "import math\nimport numpy as np\nfrom chainrule.check import Sheet, report"),
            cell("helper", "def helper(x): return x + offset", LOCKED),
            cell("f", "RATE = 0.5\ndef f(x): return x\nclass Net: pass\ng = f", SOLUTION),
            cell("demonstration", "y = f(3)"),
            cell("magic", "%matplotlib inline"),
            cell("empty", "  \n"),
            cell("test-f", "import scipy.special\nassert f(1) == 1", TEST),
        ]
    )


def planned(**changes: str) -> Plan:
    """The plan of a submission in which the student has changed some cells."""
    canonical = source()
    for each in canonical.cells:
        each.source = changes.get(each.id, each.source)
    return plan_of(canonical, source())


def test_each_code_cell_has_its_side() -> None:
    assert {each.id: each.kind for each in planned().cells} == {
        "imports": "demonstration",
        "helper": "shared",
        "f": "student",
        "demonstration": "demonstration",
        "magic": "demonstration",
        "test-f": "test",
    }


@pytest.mark.parametrize("name", ["imports", "demonstration", "magic"])
def test_a_cell_that_the_student_has_changed_is_the_students(name: str) -> None:
    kinds = {each.id: each.kind for each in planned(**{name: "y = 7"}).cells}
    assert kinds == {each.id: each.kind for each in planned().cells} | {name: "student"}


def test_a_cell_that_the_student_has_added_is_the_students() -> None:
    canonical = source()
    canonical.cells.insert(1, cell("mine", "import os"))
    (mine,) = [each for each in plan_of(canonical, source()).cells if each.id == "mine"]
    assert (mine.kind, mine.binds, mine.reads) == ("student", (), ())


def test_the_instructors_cells_say_what_they_bind_and_read() -> None:
    names = {each.id: (each.binds, each.reads) for each in planned().cells}
    assert names["imports"] == (("Sheet", "math", "np", "report"), ())
    assert names["helper"] == (("helper",), ("offset",))
    assert names["demonstration"] == (("y",), ("f",))
    assert names["magic"] == ((), ())
    assert names["f"] == names["test-f"] == ((), ())


def test_tests_get_proxies_for_functions_and_copies_of_values() -> None:
    assert planned().functions == ("Net", "f")
    assert planned().values == ("RATE", "g")


def test_names_come_from_the_solution_whatever_the_student_binds() -> None:
    plan = planned(f="def f(x): return x\ndef Sheet(*_): return 2\nmath = None")
    assert (plan.functions, plan.values) == (planned().functions, planned().values)


def test_the_cells_that_give_points() -> None:
    assert [each.id for each in planned().tests] == ["test-f"]


def test_a_digest_depends_on_place_and_source() -> None:
    digests = [planned().tests[0].digest]
    digests.append(planned(**{"test-f": "assert f(2) == 2"}).tests[0].digest)
    canonical = source()
    canonical.cells[-1].id = "test-g"
    digests.append(plan_of(canonical, source()).tests[0].digest)
    assert len(set(digests)) == 3
    assert planned(f="def f(x): return 2").tests[0].digest == digests[0]


def test_modules_are_those_that_cells_of_a_kind_import_and_python_does_not_have() -> None:
    assert modules_of(source(), ["demonstration"]) == (
        "chainrule.check",
        "chainrule.check.Sheet",
        "chainrule.check.report",
        "numpy",
    )
    assert modules_of(source(), ["test"]) == ("scipy.special",)
    assert modules_of(source(), ["shared"]) == ()
