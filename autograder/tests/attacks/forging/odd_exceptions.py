"""Raises what is not an Exception, what means "skip", and what a `for` or a `with` swallows."""

CELLS = {
    "center": "def center(x):\n    raise GeneratorExit",
    "square_loss": "import unittest\ndef square_loss(w, x, y):\n    raise unittest.SkipTest('not today')",
    "slope": "def slope(f, x):\n    raise StopIteration(2)",
    "shuffled": "def shuffled(x, rng):\n    raise KeyboardInterrupt",
    "longest_run": "def longest_run(values):\n    raise StopAsyncIteration",
    "step": "import asyncio\ndef step(theta, gradient, eta):\n    raise asyncio.CancelledError",
}
SCORE = {}
STATE = "graded"
