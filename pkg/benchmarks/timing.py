"""Interleaved timing: every candidate takes its turn in every round, and its quickest round counts.

Two runs of one candidate an hour apart differ more than two candidates do; turns that follow each other don't. Between
turns there is a pause until the threads of the last candidate stop spinning. Where somebody else uses the cores, a
turn may take ten times as long: rounds go on until the quickest times have settled. Candidates that nobody is compared
with to the last per cent take a turn in every fifth round only. Where the cores are never idle, two threads that wait
for each other cannot be timed at all: THREADS=1 counts the processor time of one thread.
"""

import os
import time
from collections.abc import Callable

__all__ = ["THREADS", "race"]

THREADS = int(os.environ.get("THREADS", "2"))
REST_S = 0.012
"""The kernel accounts for what other threads use every 4 ms, so look at a few such periods."""
SELDOM, EVERY = ("jax", "numpy"), 5
"""They are slow, and make the others wait: one for its compiled code, one for its threads that go on spinning."""
now = time.thread_time if THREADS == 1 else time.perf_counter


def rest() -> None:
    """Wait until no thread of this process works: OpenBLAS's spin for 110 ms after a product."""
    used = float("inf")
    while used > REST_S / 10:
        before = time.process_time()
        time.sleep(REST_S)
        used = time.process_time() - before


def race(
    candidates: dict[str, Callable[[], object]], rounds: int, *, limit_s: float, turn_s: float = 0.004
) -> dict[str, float]:
    """Seconds of the quickest call of each, once `rounds` rounds in a row made none 3 % quicker or the time is up."""
    repeats = {}
    for name, run in candidates.items():
        run()
        start = time.perf_counter()
        run()
        repeats[name] = max(1, min(200, round(turn_s / (time.perf_counter() - start))))
    best = dict.fromkeys(candidates, float("inf"))
    number, quiet, end = 0, 0, time.perf_counter() + limit_s
    while quiet < rounds and time.perf_counter() < end:
        before = dict(best)
        for name, run in candidates.items():
            if name in SELDOM and number % EVERY:
                continue
            rest()
            run()  # wakes its threads
            for _ in range(repeats[name]):
                start = now()
                run()
                best[name] = min(best[name], now() - start)
        settled = all(best[name] > 0.97 * before[name] for name in candidates)
        quiet, number = quiet + 1 if settled else 0, number + 1
    return best
