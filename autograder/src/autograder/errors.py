"""What goes wrong, and whose business it is: the instructor's input, a student's file, or nbgrader itself."""

__all__ = ["AutograderError", "CourseError", "EngineError", "SourceError", "SubmissionError"]


class AutograderError(Exception):
    """Root of every error that this package raises on purpose. Its text is a sentence for the instructor.

    >>> print(AutograderError("the points are wrong", got=-1, expected="0 or more", fix="correct the cell header"))
    the points are wrong: got -1, expected 0 or more. To fix it: correct the cell header.
    """

    def __init__(self, what: str, *, got: object = None, expected: object = None, fix: str = "") -> None:
        facts = ", ".join(
            f"{name} {value}" for name, value in (("got", got), ("expected", expected)) if value is not None
        )
        message = f"{what}: {facts}." if facts else f"{what}."
        super().__init__(f"{message} To fix it: {fix}." if fix else message)


class SourceError(AutograderError):
    """A notebook's source in solutions/ cannot be released as it is."""


class CourseError(AutograderError):
    """The working course lacks something, or the command names something that it does not hold."""


class SubmissionError(AutograderError):
    """A file or archive that was handed in cannot be taken as it is."""


class EngineError(AutograderError):
    """The grader itself failed (disk full, gradebook locked, nbgrader's own error): nobody's score may change."""
