"""Returns an object that acts when it is unpickled or copied."""

CELLS = {
    "longest_run": """
class Bomb:
    def __reduce__(self):
        return exec, ("raise SystemExit(0)",)
    __deepcopy__ = __copy__ = lambda self, *_: 2
    __getstate__ = lambda self: 1 / 0

def longest_run(values):
    return Bomb()
"""
}
SCORE = {}
STATE = "graded"
