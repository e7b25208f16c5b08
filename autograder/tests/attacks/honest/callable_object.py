"""Answers with callables that are no plain functions: a lambda, a partial, a closure, a method, a cached one."""

CELLS = {
    "center": "center = lambda x: x - x.mean(axis=0)",
    "step": """
import functools

def moved(sign, theta, gradient, eta):
    return theta + sign * eta * gradient

step = functools.partial(moved, -1)
""",
    "shuffled": """
class Shuffler:
    def __call__(self, x, rng):
        return x[rng.permutation(len(x))]

shuffled = Shuffler()
""",
    "longest_run": """
import functools, itertools

def counted(rule):
    @functools.lru_cache(maxsize=None)
    def cached(values):
        return rule(values)
    return lambda values: cached(tuple(values))

@counted
def longest_run(values):
    return max((len(list(run)) for _, run in itertools.groupby(values)), default=0)
""",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
