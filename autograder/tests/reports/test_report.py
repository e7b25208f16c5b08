"""Covers `reports.report` and `reports.page`: three forms agree, and what a student wrote is only text."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from autograder.course.folder import Course
from autograder.grading.batch import grade
from autograder.records import ItemScore, SubmissionScore
from autograder.reports.page import as_html
from autograder.reports.report import Item, Report, as_json, as_table, report_on
from classroom import put
from click.testing import Result


def a_class(*rows: tuple[str, tuple[float, float]]) -> Report:
    """Scores for exercises of 2 and 4 points."""
    scores = tuple(
        SubmissionScore(student, "graded", "", (ItemScore("test-a", first, 2), ItemScore("test-b", second, 4)))
        for student, (first, second) in rows
    )
    columns = list(zip(*(points for _, points in rows), strict=True)) or [(), ()]
    return Report("01-tiny", (Item("test-a", 2, columns[0]), Item("test-b", 4, columns[1])), scores)


def test_means_and_distributions_by_hand() -> None:
    report = a_class(("ada", (2, 4)), ("bob", (0, 1)), ("eve", (1, 4)), ("joe", (1, 0)))
    assert [item.mean for item in report.items] == [1.0, 2.25]
    assert [item.distribution for item in report.items] == [(1, 0, 2, 0, 1), (1, 1, 0, 0, 2)]
    assert [row.score for row in report.rows] == [6, 1, 5, 1]


def test_an_empty_class_is_a_class() -> None:
    report = a_class()
    assert report.items[0].mean == 0
    assert "There are no submissions yet" in as_html(report, {}, Path("report.html"))


def test_the_three_forms_agree(course: Course, run: Callable[..., Result], tmp_path: Path) -> None:
    put(course, "ada")
    put(course, "bob", solved=False, double="def double(x):\n    return x + x")
    grade(course, "01-tiny")
    paths = (tmp_path / "report" / "r.csv", tmp_path / "report" / "r.html")
    shown = run("report", "01", "--course", course.root, "--csv", paths[0], "--html", paths[1])
    assert shown.exit_code == 0
    lines = list(csv.DictReader(io.StringIO(paths[0].read_text(encoding="utf-8"))))
    data = as_json(report_on(course, "01-tiny"))
    assert [(line["student"], float(line["score"])) for line in lines] == [("ada", 5), ("bob", 2)]
    assert [(row["student"], row["score"]) for row in data["submissions"]] == [("ada", 5), ("bob", 2)]
    for text in (shown.output, paths[1].read_text(encoding="utf-8")):
        for student, total in (("ada", "5/5"), ("bob", "2/9")):
            (row,) = [line for line in _rows(text) if student in line and total in line.replace(" ", "")]
            assert row


def _rows(text: str) -> list[str]:
    """Rows of the page as plain text, or lines of the terminal's table."""
    if "<tr>" not in text:
        return text.splitlines()
    return [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)]


HOSTILE = "<script>alert(1)</script>\x1b[2J[red]"


def test_what_a_student_wrote_is_only_text(course: Course, run: Callable[..., Result], tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": HOSTILE}}}
    put(course, "ada", text=json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell, cell]}))
    page = tmp_path / "r.html"
    output = run("grade", "01", "--course", course.root).output
    output += run("report", "01", "--course", course.root, "--html", page).output
    assert "more than once" in output
    assert "\x1b" not in output
    assert "[red]" in output.replace("\n", "")
    assert "<script" not in page.read_text(encoding="utf-8")


def test_the_table_is_plain_text_off_the_terminal(course: Course, run: Callable[..., Result]) -> None:
    assert as_table(report_on(course, "01-tiny"))
    output = run("report", "01", "--course", course.root).output
    assert "\x1b" not in output
    assert "written-why" in output
