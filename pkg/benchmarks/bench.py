"""Every figure that the README states, measured in one run: `make bench` (some minutes), or `make bench QUICK=1`.

`make bench ONLY=c4-filter` checks and times one operation, in seconds; see `single` for the names.

On cores that others use, `make bench THREADS=1` counts the processor time of one thread (not of JAX: it has its own).

Prints the tables, and writes results.json beside this file: a list of {"what", "value", "must", "met"}. Each result is
compared with NumPy's im2col in float64 (pools: with PyTorch) before anything is timed.
"""

import datetime
import importlib.metadata
import json
import math
import os
import platform
import sys
from pathlib import Path
from typing import Any

os.environ.pop("CHAINRULE_KERNELS", None)
if os.environ.get("THREADS") == "1":
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["NUMBA_NUM_THREADS"] = "1"

import lenet
import peers
import startup
import torch
from cases import CONVOLUTIONS, DENSE, POOLS, TINY, Convolution
from checks import checked, checked_convolution
from rich.console import Console
from rich.table import Table
from single import KINDS, candidates
from timing import THREADS, race

CONSOLE = Console(width=140)
QUICK = bool(os.environ.get("QUICK"))
ROUNDS, LIMIT_S = (4, 0.5) if QUICK else (20, 5.0)
PEERS = ("chainrule", "torch NCHW", "torch NHWC", *(["jax"] if THREADS > 1 else []), "numpy")


def machine() -> str:
    """Processor, threads and versions, in one line each."""
    lines = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = lines[0].split(":")[1].strip() if lines else platform.processor()
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("numba", "numpy", "torch", "jax"))
    how = "processor time of one thread" if THREADS == 1 else f"{THREADS} threads each"
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return f"{name}, {os.cpu_count()} cores, {how}\nPython {platform.python_version()}, {versions}\n{today}"


def mean(ratios: list[float]) -> float:
    """Geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def convolutions(dtype: str, cases: list[Convolution], title: str) -> dict[str, dict[str, float]]:
    """Seconds of each candidate for each case and kind, checked before and printed after."""
    table = Table("", "ms", *PEERS[1:], "time / faster torch", title=title)
    measured = {}
    for case in cases:
        for kind in KINDS:
            runs = {name: run for name, run in checked_convolution(case, kind, dtype).items() if name in PEERS}
            seconds = measured[f"{case.name} {kind}"] = race(runs, ROUNDS, limit_s=LIMIT_S)
            row = [f"{1e3 * seconds[name]:.3f}" for name in PEERS]
            table.add_row(f"{case.name} {kind}", *row, f"{ratio(seconds):.2f}")
    CONSOLE.print(table)
    return measured


def ratio(seconds: dict[str, float]) -> float:
    """Our time by PyTorch's quicker layout."""
    return seconds["chainrule"] / min(v for name, v in seconds.items() if name.startswith("torch"))


def others(title: str, setups: dict[str, dict[str, Any]], tolerance: float) -> dict[str, float]:
    """Ratios of pools or matrix products, checked against PyTorch."""
    table = Table("", "ms", "torch ms", "time / faster torch", title=title)
    ratios = {}
    for name, setup in setups.items():
        seconds = race(checked(name, setup, tolerance), ROUNDS, limit_s=LIMIT_S)
        ratios[name] = ratio(seconds)
        fastest = min(v for candidate, v in seconds.items() if candidate.startswith("torch"))
        table.add_row(name, f"{1e3 * seconds['chainrule']:.3f}", f"{1e3 * fastest:.3f}", f"{ratios[name]:.2f}")
    CONSOLE.print(table)
    return ratios


def only(name: str) -> None:
    """One operation, with all its peers."""
    CONSOLE.print(machine())
    runs = {candidate: run for candidate, run in candidates(name).items() if candidate in PEERS or candidate == "torch"}
    # A network's step needs longer turns than an operation: its buffers must come round.
    seconds = race(runs, ROUNDS, limit_s=LIMIT_S, turn_s=0.1 if name == "lenet" else 0.004)
    table = Table("", "ms", "time / chainrule's", title=f"{name}, all results the same")
    for candidate, s in seconds.items():
        table.add_row(candidate, f"{1e3 * s:.3f}", f"{s / seconds['chainrule']:.2f}")
    CONSOLE.print(table)
    CONSOLE.print(f"time / faster PyTorch: {ratio(seconds):.2f}")


class Report:
    """The targets' table, line by line, on paper and in results.json."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def add(self, what: str, value: float, must: float, at_least: bool = False) -> None:
        met = value >= must if at_least else value <= must
        sign = "at least" if at_least else "at most"
        self.lines.append({"what": what, "value": round(value, 3), "must": f"{sign} {must:g}", "met": bool(met)})

    def finish(self) -> None:
        table = Table("what", "value", "must", "met", title="Targets")
        for line in self.lines:
            table.add_row(line["what"], f"{line['value']:g}", line["must"], "yes" if line["met"] else "NO")
        CONSOLE.print(table)
        Path(__file__).with_name("results.json").write_text(json.dumps(self.lines, indent=1) + "\n")


def pools_and_products(report: Report) -> None:
    pools = {
        f"{kind} {p.M}x{p.H}x{p.W}x{p.C} {p.size}x{p.size}/{p.stride}": peers.pool(p, kind)
        for kind in ("forward", "backward")
        for p in POOLS
    }
    ratios = others("Max pooling, float32", pools, 1e-5)
    for kind, must in (("forward", 1.2), ("backward", 1.5)):
        values = [v for name, v in ratios.items() if name.startswith(kind)]
        report.add(f"max pool {kind}, time / faster PyTorch", mean(values), must)
    products = {f"{kind} {m}x{d} to {k}": peers.dense(m, d, k, kind) for m, d, k in DENSE for kind in
                ("forward", "input", "weight")}  # fmt: skip
    report.add("dense, worst, time / PyTorch", max(others("Dense, float32", products, 1e-4).values()), 1.5)


def lenet_step(report: Report) -> None:
    lenet.check()
    seconds = race(lenet.steps(), ROUNDS, turn_s=0.1, limit_s=15 * LIMIT_S)
    CONSOLE.print("LeNet-5 training step, batch 64: " + ", ".join(f"{n} {1e3 * s:.2f} ms" for n, s in seconds.items()))
    report.add("LeNet training step, speed / PyTorch eager", 1 / ratio(seconds), 1.5, at_least=True)
    report.add("LeNet training step, speed / NumPy im2col", seconds["numpy"] / seconds["chainrule"], 6, at_least=True)


def starting(report: Report) -> None:
    report.add("import chainrule, s", startup.import_s(), 0.3)
    cold, cached = startup.first_step()
    report.add("first LeNet step with its imports, cold, s", cold, 15)
    report.add("first LeNet step with its imports, cached on disk, s", cached, 1)


def processes() -> None:
    one, free, single = (
        startup.side_by_side(1, None), startup.side_by_side(2, None), startup.side_by_side(2, 1),
    )  # fmt: skip
    CONSOLE.print(
        f"LeNet-5 step in ms: one process {one:.2f}; two processes on the same cores, default threads {free:.2f}, "
        f"with NUMBA_NUM_THREADS=1 {single:.2f}"
    )


def main() -> None:
    torch.set_num_threads(THREADS)
    if len(sys.argv) > 1:
        only(sys.argv[1])
        return
    CONSOLE.print(machine())
    report = Report()
    single = convolutions("float32", CONVOLUTIONS, "Convolution, float32")
    tiny = convolutions("float32", [TINY], "A tiny convolution, float32")
    double = convolutions("float64", CONVOLUTIONS, "Convolution, float64")
    for name, measured, must in (("float32", single, 1.0), ("float64", double, 0.8)):
        value = mean([ratio(s) for s in measured.values()])
        report.add(f"{name} convolution, geometric mean, time / faster PyTorch", value, must)
    report.add("float32 convolution, worst single operation", max(map(ratio, single.values())), 1.5)
    report.add("a tiny convolution, geometric mean", mean([ratio(s) for s in tiny.values()]), 3)
    for peer in PEERS[3:]:
        value = mean([s[peer] / s["chainrule"] for s in single.values()])
        CONSOLE.print(f"float32 convolution: {peer} takes {value:.1f} times as long (geometric mean)")
    pools_and_products(report)
    lenet_step(report)
    starting(report)
    processes()
    report.finish()


if __name__ == "__main__":
    sys.exit(main())
