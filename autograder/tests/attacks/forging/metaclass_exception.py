"""Raises an exception whose class has no readable name."""

CELLS = {
    "longest_run": """
class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
    __qualname__ = property(lambda cls: 1 / 0)
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True

class Nameless(Exception, metaclass=Meta):
    pass

def longest_run(values):
    raise Nameless
"""
}
SCORE = {}
STATE = "graded"
