"""Where the tests find the repository's folders."""

from pathlib import Path

__all__ = ["ATTACKS", "PROVED", "REPOSITORY", "SMALL", "SOLUTIONS", "TINY"]

TESTS = Path(__file__).resolve().parents[1]
REPOSITORY = TESTS.parents[1]
SOLUTIONS = REPOSITORY / "solutions"
ATTACKS = TESTS / "attacks"

SMALL = TESTS / "fixtures" / "solutions"
"""Solutions with two small notebooks: the one below, and the target of all attacks."""
TINY = SMALL / "01-tiny" / "tiny.py"
"""The notebook of most tests: two exercises (2 and 3 points) and a question (4 points)."""
PROVED = TESTS / "fixtures" / "proved"
"""Solutions with one notebook, whose tests notice every wrong answer in its corpus."""
