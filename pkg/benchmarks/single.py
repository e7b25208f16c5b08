"""One operation, checked and then timed in turns with its peers, in seconds: `make bench ONLY=c4-filter`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import lenet
import peers
from cases import CONVOLUTIONS, DENSE, POOLS, TINY
from checks import checked, checked_convolution

__all__ = ["KINDS", "candidates", "operations"]

KINDS = ("forward", "input", "filter")
Candidates = dict[str, Callable[[], Any]]


def _pool(number: int, kind: str) -> Candidates:
    return checked(f"pool{number} {kind}", peers.pool(POOLS[number - 1], kind), 1e-5)


def _dense(number: int, kind: str) -> Candidates:
    return checked(f"dense{number} {kind}", peers.dense(*DENSE[number - 1], kind), 1e-4)


def _lenet() -> Candidates:
    lenet.check()
    return lenet.steps()


def operations() -> dict[str, Callable[[], Candidates]]:
    """{name: a function that checks the operation and returns what to time}."""
    table: dict[str, Callable[[], Candidates]] = {}
    for case in (*CONVOLUTIONS, TINY):
        for kind in KINDS:
            for dtype, ending in (("float32", ""), ("float64", "-float64")):
                table[f"{case.name}-{kind}{ending}"] = partial(checked_convolution, case, kind, dtype)
    for number in range(1, len(POOLS) + 1):
        table |= {f"pool{number}-{kind}": partial(_pool, number, kind) for kind in ("forward", "backward")}
    for number in range(1, len(DENSE) + 1):
        table |= {f"dense{number}-{kind}": partial(_dense, number, kind) for kind in ("forward", "input", "weight")}
    return table | {"lenet": _lenet}


def candidates(name: str) -> Candidates:
    """What to time for a name; SystemExit with all names if there is no such operation."""
    table = operations()
    if name not in table:
        kinds: dict[str, list[str]] = {}
        for known in table:
            family, _, kind = known.partition("-")
            kinds.setdefault(family, []).append(kind)
        families: dict[str, list[str]] = {}
        for family, endings in kinds.items():
            families.setdefault(", -".join(endings), []).append(family)
        lines = [f"  {', '.join(names)}{endings and f', each with -{endings}'}" for endings, names in families.items()]
        raise SystemExit(f"no operation is called {name!r}; there are\n" + "\n".join(lines))
    return table[name]()
