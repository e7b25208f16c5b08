"""What of this package students may read while their code is graded, file by file.

A grader hides the whole package from a student's process and shows these files alone: what loads data, and the checks
without their tables of mistakes. Everything else could answer an exercise, or shows how a wrong answer is recognised.
So a file that is added or renamed is hidden until it is entered here.
"""

from pathlib import Path

from chainrule.errors import DataError, explain

__all__ = ["PUBLISHED", "published_files"]

PUBLISHED = (
    "__init__.py",
    "errors.py",
    "check/__init__.py",
    "check/calling.py",
    "check/diagnosis.py",
    "check/heatmap.py",
    "check/language.py",
    "check/locale/zh.po",
    "check/record.py",
    "check/render.py",
    "check/report.py",
    "check/rules.py",
    "check/sheet.py",
    "check/signature.py",
    "check/stages.py",
    "check/waiting.py",
    "data/LICENCE-digits.txt",
    "data/LICENCE-hopper.txt",
    "data/__init__.py",
    "data/digits.npz",
    "data/digits.py",
    "data/files.py",
    "data/hopper.npz",
    "data/photograph.py",
    "data/toys.py",
)
"""Paths within the package, with forward slashes."""


def published_files(package: Path) -> tuple[Path, ...]:
    """The published files of an installed copy.

    Args:
        package: the folder that holds the copy's `__init__.py`.

    Returns:
        A path for each entry of `PUBLISHED`, in its order.

    Raises:
        DataError: one of them is no regular file there.

    >>> [path.name for path in published_files(Path(__file__).parents[1])][:2]
    ['__init__.py', 'errors.py']
    """
    files = tuple(package / name for name in PUBLISHED)
    for path in files:
        if path.is_symlink() or not path.is_file():
            raise DataError(
                explain(
                    "a file that students' code needs cannot be shown to it",
                    got=f"no regular file {path}",
                    expected="each file that chainrule.check.published lists",
                    fix="install chainrule again; if the file was renamed on purpose, list its new name",
                )
            )
    return files
