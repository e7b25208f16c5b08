"""What the tests of the sandbox share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import Box, Ending, Usage

__all__ = ["FOLDER", "PATIENCE_S", "Run", "Start"]

FOLDER = Path("/sandbox")
PATIENCE_S = 60.0

Start = Callable[..., Box]


@dataclass(frozen=True)
class Run:
    """What became of a program."""

    ending: Ending
    output: str
    errors: str
    usage: Usage
