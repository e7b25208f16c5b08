"""Raises an exception whose class, message and arguments are active."""

CELLS = {
    "center": """
class Trap(BaseException):
    args = property(lambda self: 1 / 0)
    def __str__(self):
        raise SystemExit
    __repr__ = __str__
    __class__ = property(lambda self: type(None))

Trap.__name__ = "Passed"
Trap.__module__ = "builtins"

def center(x):
    raise Trap
"""
}
SCORE = {}
STATE = "graded"
