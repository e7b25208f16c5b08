"""Raises an exception whose class has no readable name, in a test and in an answer."""

CELLS = {
    "longest_run": """
class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True

class Nameless(Exception, metaclass=Meta):
    __str__ = lambda self: 1 / 0

def longest_run(values):
    raise Nameless
""",
    "step": """
def step(theta, gradient, eta):
    return theta - eta * gradient

raise Nameless
""",
}
SCORE = {"longest_run": 0, "step": 2}
STATE = "graded"
