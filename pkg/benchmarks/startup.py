"""What a user waits for: the import, the first training step without and with a cache, several processes at once."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

__all__ = ["first_step", "import_s", "side_by_side"]

# Numba imports SciPy where it finds it: here it is JAX's, and with the package alone there is none
STEP = """
import sys, time
sys.modules["scipy"] = None
start = time.perf_counter()
import numpy as np
from chainrule.nets import lenet5
from chainrule.optim import Optimizer
net, optimizer = lenet5(np.random.default_rng(0)), Optimizer("sgd", lr=0.01)
x, y = np.ones((64, 28, 28, 1), np.float32), np.arange(64) % 10
def step():
    value, grads = net.loss(x, y)
    optimizer.step(net.params, grads)
step()
first = time.perf_counter() - start
"""
MANY = """
for _ in range(20): step()
start = time.perf_counter()
for _ in range(200): step()
"""


def _python(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True).stdout


def import_s(rounds: int = 7) -> float:
    """Seconds to import the package, NumPy included, in a fresh interpreter; the quickest of a few."""
    code = "import time; start = time.perf_counter(); import chainrule; print(time.perf_counter() - start)"
    return min(float(_python(code)) for _ in range(rounds))


def first_step() -> tuple[float, float]:
    """Seconds from the first import to the end of LeNet's first step, with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as folder:
        cold = float(_python(STEP + "print(first)", CHAINRULE_CACHE_DIR=folder))
        cached = min(float(_python(STEP + "print(first)", CHAINRULE_CACHE_DIR=folder)) for _ in range(7))
    return cold, cached


def side_by_side(processes: int, threads: int | None) -> float:
    """Milliseconds of a LeNet step with so many processes at once, so many threads in each; None leaves the default."""
    environment = dict(os.environ)
    if threads is not None:
        environment["NUMBA_NUM_THREADS"] = environment["OMP_NUM_THREADS"] = str(threads)
    code = STEP + MANY + "print((time.perf_counter() - start) / 200)"
    command = [sys.executable, "-c", code]
    started = []
    for _ in range(processes):
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
        time.sleep(0.01)
    return 1e3 * statistics.mean(float(process.communicate()[0]) for process in started)
