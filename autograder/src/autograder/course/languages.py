"""The languages of the editions. This module imports nothing, so commands that only look at files start at once."""

from collections.abc import Mapping
from typing import Any

__all__ = ["LANGUAGES", "edition_folder", "language_of"]

LANGUAGES = ("en", "zh")
"""The editions of each notebook. The first one is nbgrader's release step; all have the same code cells."""


def edition_folder(language: str) -> str:
    """Where the released notebooks of one language are, relative to the course.

    >>> edition_folder("zh")
    'course/zh'
    """
    return f"course/{language}"


def language_of(notebook: Mapping[str, Any]) -> str:
    """The language of the edition that a notebook was made from."""
    language: str = notebook["metadata"].get("chainrule", {}).get("language", LANGUAGES[0])
    return language
