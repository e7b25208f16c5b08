"""Interleaved timing: every candidate takes its turn in every round, and its quickest round counts.

Two runs of one candidate an hour apart differ more than two candidates do; turns that follow each other don't. Between
turns there is a pause in which the threads of the last candidate stop spinning.
"""

import time
from collections.abc import Callable

__all__ = ["race"]


def race(candidates: dict[str, Callable[[], object]], rounds: int = 12, turn_s: float = 0.004) -> dict[str, float]:
    """Seconds of the quickest call of each candidate."""
    repeats = {}
    for name, run in candidates.items():
        run()
        start = time.perf_counter()
        run()
        repeats[name] = max(1, min(200, round(turn_s / (time.perf_counter() - start))))
    best = dict.fromkeys(candidates, float("inf"))
    for _ in range(rounds):
        for name, run in candidates.items():
            time.sleep(0.002)
            run()  # wakes its threads
            for _ in range(repeats[name]):
                start = time.perf_counter()
                run()
                best[name] = min(best[name], time.perf_counter() - start)
    return best
