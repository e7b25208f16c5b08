"""autograded/ -> feedback/: one self-contained page a student, in the language of the edition that was handed in.

The page is made by an exporter that nbgrader's generate_feedback is configured to use, so `nbgrader` and formgrader
hand back the same page. It shows what was checked and what came out, with the student's own code; a test's source
never appears, visible or hidden. Everything that went through the student's kernel is escaped or filtered, and the
page's own policy forbids scripts and addresses.
"""

import base64
import binascii
import contextlib
import io
import logging
import struct
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nh3
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from PIL import Image, UnidentifiedImageError
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from traitlets import default

from autograder.course.folder import Course
from autograder.course.gradebook import notebook_name, open_gradebook
from autograder.course.languages import language_of
from autograder.course.nbgrader_api import failure_of, nbgrader_api
from autograder.course.nbgrader_cells import is_grade, is_solution
from autograder.errors import EngineError
from autograder.records import ItemScore
from autograder.reports.phrases import PHRASES
from autograder.reports.templates import render

__all__ = ["FeedbackExporter", "give_feedback"]

LOGGER = logging.getLogger(__name__)

MAX_TEXT = 4000
MAX_PIXELS = 4_000_000
NO_PICTURE = (
    *(binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError, zlib.error, struct.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What reading something as a picture can raise that is none, or one that nobody could look at."""
TAGS = {"b", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "span", "strong", "table", "td", "th", "tr", "ul"}
STYLES = {
    "background", "border", "border-collapse", "border-left", "color", "display", "font-size", "height", "line-height",
    "list-style", "margin", "max-width", "min-width", "opacity", "padding", "width",
}  # fmt: skip


@dataclass
class _Section:
    """One graded cell on the page: the student's code before it, and what came of it."""

    title: str
    score: ItemScore
    code: list[Markup] = field(default_factory=list)
    text: str = ""
    """A written answer."""
    printed: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """PNG, base64."""
    verdict: Markup = field(default_factory=Markup)
    comment: str = ""

    @property
    def name(self) -> str:
        """The exercise."""
        return self.score.item.removeprefix("test-")


class FeedbackExporter(Exporter):  # type: ignore[misc]
    """An autograded notebook as the page that its author gets."""

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: ResourcesDict | None = None, **options: Any
    ) -> tuple[str, ResourcesDict]:
        """The page, with scores and comments as they stand in the gradebook now."""
        nb, resources = super().from_notebook_node(nb, resources, **options)
        place = resources["nbgrader"]
        with open_gradebook(Course(Path(self.parent.coursedir.root))) as gradebook:
            scores = gradebook.scores(place["assignment"])[place["student"]]
            comments = gradebook.comments(place["assignment"], place["student"])
        language = language_of(nb)
        sections = list(_sections(nb, scores, comments))
        page = render(
            "feedback.html",
            say=PHRASES[language],
            language=language,
            title=_heading(nb.cells, place["assignment"]),
            student=place["student"],
            sections=sections,
            score=sum(section.score.score for section in sections),
            max_score=sum(section.score.max_score for section in sections if not section.score.needs_marking),
            to_mark=sum(section.score.max_score for section in sections if section.score.needs_marking),
            state=nb.metadata.get("autograder", {}).get("state", "graded"),
            reason=nb.metadata.get("autograder", {}).get("reason", ""),
            colours=Markup(_formatter().get_style_defs(".code")),  # noqa: S704 (made by Pygments from nothing else)
        )
        return page, resources


def _heading(cells: Iterable[NotebookNode], otherwise: str) -> str:
    """The last heading in some prose."""
    lines = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return next((line.lstrip("# ") for line in lines if line.startswith("# ")), otherwise)


def _sections(nb: NotebookNode, scores: dict[str, ItemScore], comments: dict[str, str]) -> Iterator[_Section]:
    heading, comment = "", ""
    code: list[Markup] = []
    printed: list[str] = []
    pictures: list[str] = []
    for cell in nb.cells:
        settings = cell.metadata.get("nbgrader")
        if cell.cell_type == "markdown" and settings is None:
            heading = next((line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#")), heading)
        elif is_grade(cell):
            section = _Section(heading, scores[settings.grade_id], code, "", printed, pictures)
            section.comment = comment or comments.get(settings.grade_id, "")
            if is_solution(cell):
                section.text = _plain(cell.source[:MAX_TEXT])
            else:
                section.verdict = _verdict(cell)
            yield section
            code, printed, pictures, comment = [], [], [], ""
        elif cell.cell_type == "code" and (is_solution(cell) or cell.id.startswith("added-")):
            code.append(Markup(highlight(cell.source[:MAX_TEXT], PythonLexer(), _formatter())))  # noqa: S704 (escapes)
            comment = comment or (comments.get(settings.grade_id, "") if settings else "")
            printed += _texts(cell)
            pictures += _pictures(cell)


def _formatter() -> HtmlFormatter:
    return HtmlFormatter(nowrap=False, cssclass="code", style="default")


def _verdict(cell: NotebookNode) -> Markup:
    """What a test cell said: its report where it made one, else the last line of its error."""
    for output in cell.outputs:
        html = output.get("data", {}).get("text/html")
        if output.output_type == "execute_result" and html:
            clean = nh3.clean(
                _plain(html), tags=TAGS, attributes={"*": {"style", "lang", "title"}}, filter_style_properties=STYLES
            )
            return Markup(clean)  # noqa: S704 (filtered by nh3)
    return Markup("<br>").join(_texts(cell))


def _texts(cell: NotebookNode) -> list[str]:
    texts = [output.text for output in cell.outputs if output.output_type == "stream"]
    texts += [f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"]
    return [_plain(text[:MAX_TEXT]) for text in texts]


def _plain(text: str) -> str:
    """Text without colours for terminals and other control characters."""
    return "".join(letter for letter in strip_ansi(text) if letter.isprintable() or letter in "\n\t")


def _pictures(cell: NotebookNode) -> list[str]:
    """The pictures that a cell drew, decoded and encoded anew, so that they are pictures and nothing else."""
    made = []
    for output in cell.outputs:
        data = output.get("data", {}).get("image/png")
        if isinstance(data, str):
            with contextlib.suppress(*NO_PICTURE):
                made.append(_drawn_anew(base64.b64decode(data)))
    return made


def _drawn_anew(data: bytes) -> str:
    with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too large")
        buffer = io.BytesIO()
        picture.convert("RGBA").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def give_feedback(
    course: Course, assignment: str, students: Iterable[str], progress: Callable[[str], None] | None = None
) -> dict[str, Path]:
    """Write the feedback page of each student whose submission has been graded; returns the pages by student.

    Raises:
        EngineError: nbgrader cannot write a page.
    """
    name = notebook_name(course, assignment)
    api = nbgrader_api(course)
    pages, failed = {}, {}
    for student in students:
        if (course.step("autograded", student, assignment) / f"{name}.ipynb").is_file():
            outcome = api.generate_feedback(assignment, student)
            if outcome["success"]:
                pages[student] = course.step("feedback", student, assignment) / f"{name}.html"
            else:
                failed[student] = _cause(student, outcome)
        if progress:
            progress(student)
    if failed:
        raise EngineError(
            f"the feedback pages of {', '.join(failed)} could not be written, all others are there",
            got=next(iter(failed.values())),
            expected=f"pages below {course.root / 'feedback'}",
            fix="free some space if the disk is full, look into the log otherwise, and give the same command again",
        )
    return pages


def _cause(student: str, outcome: Mapping[str, Any]) -> str:
    """Why nbgrader has not written a page; all that it says of it goes to the log."""
    try:
        log, cause = failure_of(outcome)
    except OSError as error:  # a full disk
        return str(error.strerror)
    LOGGER.error("no feedback page for %s\n%s", student, log)
    return cause
