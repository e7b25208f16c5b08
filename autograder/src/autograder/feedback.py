"""autograded/ -> feedback/: one HTML page a student, in the language of the edition that was handed in."""

from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.course import Course
from autograder.errors import EngineError

__all__ = ["give_feedback"]


def give_feedback(
    course: Course, assignment: str, students: Iterable[str], progress: Callable[[str], None] | None = None
) -> dict[str, Path]:
    """Write the feedback page of each student whose submission has been graded; returns the pages by student.

    Raises:
        EngineError: nbgrader cannot write a page.
    """
    name = course.notebook_name(assignment)
    api = course.api()
    pages = {}
    for student in students:
        if (course.step("autograded", student, assignment) / f"{name}.ipynb").is_file():
            outcome = api.generate_feedback(assignment, student)
            if not outcome["success"]:
                raise EngineError(
                    f"the feedback page of {student} could not be written",
                    got=outcome["error"].strip().splitlines()[-1],
                    expected=f"room and permission to write in {course.root / 'feedback'}",
                    fix="free some space and give the same command again",
                )
            pages[student] = course.step("feedback", student, assignment) / f"{name}.html"
        if progress:
            progress(student)
    return pages
