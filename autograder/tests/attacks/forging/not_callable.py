"""Binds the asked names to what is no function: a class, a number, a module, a coroutine, a generator."""

CELLS = {
    "center": "class center:\n    def __new__(cls, x):\n        return cls\n    shape = (2, 2)",
    "square_loss": "square_loss = 2.0",
    "slope": "import math as slope",
    "shuffled": "async def shuffled(x, rng):\n    return x",
    "longest_run": "def longest_run(values):\n    yield 2",
    "step": "step = property(lambda self: 0)",
}
SCORE = {}
STATE = "graded"
