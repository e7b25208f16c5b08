"""The classes that nbgrader loads by name (`autograder.course.configuration`): autograde's exporter and its steps.

nbgrader makes them, gives them its settings, and calls them once a submission. All that they do is in the other modules
of this package, which know nothing of nbgrader's applications.
"""

import threading
import weakref
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, List
from traitlets.config import Config

from autograder.course.nbgrader_cells import is_grade, is_solution, is_untouched
from autograder.grading.runner import Runner
from autograder.grading.scores import score_of
from autograder.grading.submission import canonical_notebook
from autograder.log import about, keep_log
from autograder.records import Limits

__all__ = ["RunCells", "SaveScores", "SubmissionExporter", "canonical_submission"]


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """What nbgrader's autograde reads submissions with: never raises because of what a student handed in.

    nbgrader reads twice, the submission and then its own sanitised copy; only the first is untrusted.
    """

    default_preprocessors: List[Any] = List([])
    """None of nbconvert's own: all would be switched off, and the notebook validated after each all the same."""

    def from_filename(self, filename: str, resources: ResourcesDict, **options: Any) -> Any:
        """The canonical notebook of one submitted file, put through nbgrader's preprocessors."""
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources, **options)
        course, assignment = self.parent.coursedir, resources["nbgrader"]["assignment"]
        root, path = Path(course.root), Path(filename)
        notebook = canonical_notebook(path, root / course.release_directory, assignment)
        return self.from_notebook_node(notebook, resources, **options)


def canonical_submission(config: Config, student: str, assignment: str, path: Path) -> NotebookNode:
    """What nbgrader's autograde would run for a submitted file: the canonical notebook with its hidden tests.

    Args:
        config: nbgrader's settings for the course.
        student: whose submission it is; nothing is looked up or written for them.
        assignment: the assignment that it belongs to.
        path: the file, which has the name of the assignment's notebook.
    """
    course = CourseDirectory(config=config)
    converter = Autograde(coursedir=course, config=config)
    exporter = SubmissionExporter(parent=converter, config=config)
    for preprocessor in converter.sanitize_preprocessors:
        exporter.register_preprocessor(preprocessor, enabled=True)
    place = {"student": student, "assignment": assignment, "notebook": path.stem, "db_url": course.db_url}
    canonical, _ = exporter.from_filename(str(path), resources={"nbgrader": place})
    return nbformat.reads(canonical, as_version=4)


class RunCells(NbGraderPreprocessor):  # type: ignore[misc]
    """The engine as a step of nbgrader's autograde, in place of nbgrader's Execute."""

    cell_s = Float(Limits.cell_s, help="Seconds of processor time for one cell, or for one test's calls.").tag(
        config=True
    )
    notebook_s = Float(Limits.notebook_s, help="Seconds of processor time for a whole notebook.").tag(config=True)
    trust_students = Bool(
        False, help="Run without a sandbox where there is none. Only for notebooks that you trust like your own."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Run the notebook, or take the result that a run side by side has left in the store."""
        course, place = self.parent.parent.coursedir, resources["nbgrader"]
        root = Path(course.root)
        source = root / course.source_directory / place["assignment"] / f"{place['notebook']}.ipynb"
        limits = Limits(cell_s=self.cell_s, notebook_s=self.notebook_s)
        keep_log(root)
        with about(place["student"]):
            return _runner(course, source, limits, self.trust_students).executed(nb), resources


_runners: "weakref.WeakKeyDictionary[CourseDirectory, Runner]" = weakref.WeakKeyDictionary()
"""The runner of each of nbgrader's courses, which lives as long as nbgrader has the course open."""
_lock = threading.Lock()


def _runner(course: CourseDirectory, source: Path, limits: Limits, trust_students: bool) -> Runner:
    """The runner of a course for an assignment: a process of nbgrader's own asks for it once a submission.

    `autograder grade` has a runner of its own and leaves all results in the store, so that this one starts no engine.
    """
    with _lock:
        runner = _runners.get(course)
        if runner is None or (runner.source, runner.limits, runner.trust_students) != (source, limits, trust_students):
            if runner is not None:
                runner.close()  # formgrader's server lives long and goes from one assignment to the next
            runner = _runners[course] = Runner(Path(course.root), source, limits, trust_students)
            weakref.finalize(course, runner.close)  # at the end of the process, too
        return runner


class SaveScores(NbGraderPreprocessor):  # type: ignore[misc]
    """Write a notebook's scores, in one transaction: a full disk or a kill leaves the old ones, never a mixture.

    It takes the place of nbgrader's SaveAutoGrades, which commits once a cell. Like that, it leaves manual scores
    and comments alone and asks for another look where a manual score meets a new automatic one.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Read the outputs of every graded cell, then commit once."""
        place = resources["nbgrader"]
        where = (place["notebook"], place["assignment"], place["student"])
        with Gradebook(place["db_url"]) as gradebook:
            for cell in nb.cells:
                if is_grade(cell):
                    grade = gradebook.find_grade(cell.metadata.nbgrader.grade_id, *where)
                    grade.auto_score = score_of(cell)
                    grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
                if is_solution(cell):
                    unchanged = is_untouched(cell)
                    comment = gradebook.find_comment(cell.metadata.nbgrader.grade_id, *where)
                    comment.auto_comment = "No response. · 未作答。" if unchanged else None
            gradebook.db.commit()
        return nb, resources
