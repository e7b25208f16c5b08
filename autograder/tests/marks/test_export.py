"""The table of all marks against the gradebook's: manual scores count, and names are only text to a spreadsheet."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.grading.batch import grade
from classroom import put
from click.testing import Result


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "Lovelace, Ada"])
def test_names_are_text_in_a_spreadsheet(name: str, course: Course, run: Callable[..., Result], tmp_path: Path) -> None:
    with gradebook_of(course) as gradebook:
        gradebook.add_student("ada", last_name=name)
    target = tmp_path / "grades.csv"
    assert run("export", "--to", target, "--course", course.root).output == f"{target}: 1 scores\n"
    (line,) = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert line["last_name"].lstrip("'") == name
    assert line["last_name"][0] not in "=@"
    assert (line["score"], line["max_score"]) == ("0.0", "9.0")


def test_export_counts_manual_scores(course: Course, run: Callable[..., Result], tmp_path: Path) -> None:
    put(course, "ada")
    grade(course, "01-tiny")
    with gradebook_of(course) as gradebook:
        gradebook.find_grade("written-why", "tiny", "01-tiny", "ada").manual_score = 3.5
        gradebook.db.commit()
    target = tmp_path / "grades.csv"
    run("export", "--to", target, "--course", course.root)
    (line,) = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert (line["student_id"], line["score"]) == ("ada", "8.5")
