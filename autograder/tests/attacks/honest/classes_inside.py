"""Uses classes of its own, data classes and enumerations, on the way to plain results."""

CELLS = {
    "longest_run": """
from dataclasses import dataclass, field
from enum import Enum

class Kind(Enum):
    SAME = 1
    NEW = 2

@dataclass
class Run:
    value: object
    length: int = 1
    kinds: list = field(default_factory=list)

def longest_run(values):
    runs = []
    for value in values:
        if runs and runs[-1].value == value:
            runs[-1].length += 1
            runs[-1].kinds.append(Kind.SAME)
        else:
            runs.append(Run(value, kinds=[Kind.NEW]))
    return max((run.length for run in runs), default=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
