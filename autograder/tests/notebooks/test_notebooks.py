"""All notebooks: the solutions run and have full marks without this kit's engine, untouched releases have nothing.

`make test-notebooks`. nbgrader here is *plain*: its own exporter and preprocessors, in which one line on stderr in a
test cell takes all of its points.
"""

import pytest
from autograder.course.languages import LANGUAGES
from nbgrader_commands import scores, trapped
from plain_jupyter import SOURCES, Shown

CHINESE = range(0x4E00, 0xA000)

pytestmark = pytest.mark.parametrize("assignment", SOURCES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_solutions_run_top_to_bottom_under_nbconvert(shown: Shown, language: str) -> None:
    cells = [cell for cell in shown.executed[language].result().cells if cell.cell_type == "code" and cell.source]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [(cell.id, output) for cell in cells for output in cell.outputs]
    assert [(cell, output.evalue) for cell, output in outputs if output.output_type == "error"] == []
    # a warning is no error, but it frightens who reads it
    assert [(cell, output.text) for cell, output in outputs if output.get("name") == "stderr"] == []
    for test in {item for item, points in full_marks(shown).items() if points}:
        (report,) = (output.data["text/html"] for cell, output in outputs if cell == test)
        assert any(ord(letter) in CHINESE for letter in report) == (language == "zh"), report


def test_the_solutions_have_full_marks_in_plain_nbgrader(shown: Shown) -> None:
    course, source = shown.graded.result(), shown.source
    assert course.execution("solution", source.assignment, source.name) is None, "it went through this kit's engine"
    assert trapped(course, source) == set()
    found = scores(course, source.assignment)
    assert {item: score for (student, item), score in found.items() if student == "solution"} == full_marks(shown)


def test_an_untouched_release_scores_0_in_plain_nbgrader(shown: Shown) -> None:
    found = scores(shown.graded.result(), shown.source.assignment)
    assert {item: score for (student, item), score in found.items() if student == "untouched"} == dict.fromkeys(
        full_marks(shown), 0
    )


def full_marks(shown: Shown) -> dict[str, float | None]:
    """Points of each item; None for a written question, which a person marks."""
    settings = [(cell.cell_type, cell.metadata.get("nbgrader", {})) for cell in shown.source.cells]
    marks = {
        each["grade_id"]: float(each["points"]) if kind == "code" else None
        for kind, each in settings
        if each.get("grade")
    }
    assert sum(points or 0 for points in marks.values()) > 0
    return marks
