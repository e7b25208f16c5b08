"""The class of `make demo`, twelve submissions to notebook 01, against the scores that were worked out for each."""

import pytest
from autograder.commands.demo import CLASS, run_demo
from autograder.course.folder import Course
from autograder.course.source import load_source, sources_in
from autograder.records import SubmissionScore
from autograder.reports.report import report_on
from folders import SOLUTIONS

ALL = {
    "sigmoid": 3,
    "logistic_forward": 2,
    "squared_loss": 5,
    "cross_entropy_loss": 6,
    "log_likelihood": 2,
    "hidden_layer": 2,
    "binary_network_loss": 8,
    "softmax": 4,
    "softmax_cross_entropy": 6,
    "network_loss": 8,
    "predict": 2,
}
NOTHING = dict.fromkeys(ALL, 0)


def first(number: int) -> dict[str, float]:
    return dict(list(ALL.items())[:number])


EXPECTED: dict[str, dict[str, float]] = {
    "solution": ALL,
    "untouched": NOTHING,
    "chinese": ALL,
    "other-styles": ALL,
    "first-half": NOTHING | first(6),
    "chinese-three": NOTHING | first(3),
    "overflow": ALL | {"sigmoid": 1.5, "cross_entropy_loss": 5.14, "softmax": 2.4},
    "sum-for-mean": ALL | {"cross_entropy_loss": 0, "log_likelihood": 0, "binary_network_loss": 2.5},
    "wrong-sign": ALL | {"cross_entropy_loss": 2.57, "log_likelihood": 0, "binary_network_loss": 5.5},
    "no-chain-rule": ALL | {"binary_network_loss": 5.5, "network_loss": 5.5},
    "endless": ALL | {"predict": 0},
    "broken": NOTHING,
}
STATES = {"endless": "time limit", "broken": "unreadable"}
REASONS = {"endless": "longer than 15 s in test-predict", "broken": "it is no notebook: the file is damaged or cut off"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SubmissionScore]:
    target = tmp_path_factory.mktemp("demo") / "course"
    source = load_source(sources_in(SOLUTIONS)["01-regression"])
    run_demo(target, source, jobs=0, say=lambda line: None)
    assert (target / "report" / "01-regression.html").is_file()
    assert (target / "report" / "grades.csv").is_file()
    pages = list((target / "feedback").glob("*/01-regression/regression.html"))
    assert len(pages) == len(CLASS)
    return {row.student: row for row in report_on(Course(target), "01-regression").rows}


def test_there_are_twelve_rows(rows: dict[str, SubmissionScore]) -> None:
    assert rows.keys() == EXPECTED.keys()
    assert len(rows) == 12


@pytest.mark.parametrize("student", EXPECTED)
def test_each_gets_the_expected_score(student: str, rows: dict[str, SubmissionScore]) -> None:
    automatic = [item for item in rows[student].items if item.item.startswith("test-")]
    assert {item.item.removeprefix("test-"): item.score for item in automatic} == EXPECTED[student]
    assert {item.item.removeprefix("test-"): item.max_score for item in automatic} == ALL


@pytest.mark.parametrize("student", EXPECTED)
def test_who_needs_a_look_has_a_reason(student: str, rows: dict[str, SubmissionScore]) -> None:
    assert rows[student].state == STATES.get(student, "graded")
    assert REASONS.get(student, "") in rows[student].reason
    assert bool(rows[student].reason) == (student in REASONS)
