"""Which tier of sandbox works on this machine, found by trying each one, and starting a box in it."""

import functools
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.sandbox.box import Box
from autograder.sandbox.cgroup import Group, Hierarchy, find_hierarchy
from autograder.sandbox.container import Container, find_engine, find_image
from autograder.sandbox.interpreter import interpreter_binds
from autograder.sandbox.launched import Launched
from autograder.sandbox.namespaces import Namespaces, counts_each_sandbox
from autograder.sandbox.terms import Ending, Mounts, Quota, SandboxFailure, Tier, TierName
from autograder.sandbox.unconfined import Unconfined

__all__ = ["TRUSTED", "choose_tier", "probe", "start"]

TRUSTED = Tier("trusted", "no sandbox, limits on each process alone: for students whom you trust")

# Small, so that programs run into it within milliseconds.
TRIAL = Quota(memory_mib=96, processes=8, cpu_s=10.0, wall_s=20.0)
# Both programs go beyond TRIAL: one in processes, one in memory that only several processes together use up.
FORKS = """
import os, time
forks = 0
try:
    while forks < 64:
        if not os.fork():
            time.sleep(60)
        forks += 1
except OSError:
    print(forks)
"""
ALLOCATIONS = """
import os, time
for _ in range(3):
    if not os.fork():
        held = b"x" * (48 << 20)
        time.sleep(60)
time.sleep(60)
"""


def start(program: Sequence[str], mounts: Mounts, quota: Quota, tier: Tier, pass_fds: tuple[int, ...] = ()) -> Box:
    """Start a program in a sandbox of its own.

    Args:
        program: path of the program inside the sandbox, and its arguments.
        mounts: what it sees.
        quota: what it may use.
        tier: as `probe` found it, or `TRUSTED`.
        pass_fds: further descriptors that it inherits, under the same numbers; never one of a folder, through which
            it could open other files, or of a terminal.

    Raises:
        SandboxFailure: the sandbox cannot be started.
    """
    return Box(_launchers()[tier.name](program, mounts, quota, pass_fds), quota)


def _launchers() -> dict[str, Callable[[Sequence[str], Mounts, Quota, Sequence[int]], Launched]]:
    return {"A": _grouped, "B": _watched, "C": Container, "trusted": Unconfined, "none": _refused}


def _grouped(program: Sequence[str], mounts: Mounts, quota: Quota, pass_fds: Sequence[int]) -> Launched:
    hierarchy = find_hierarchy()
    if not isinstance(hierarchy, Hierarchy):
        raise SandboxFailure("no control group for the sandbox", got=hierarchy)
    return Namespaces(program, mounts, quota, Group(hierarchy, quota), pass_fds)


def _watched(program: Sequence[str], mounts: Mounts, quota: Quota, pass_fds: Sequence[int]) -> Launched:
    if not counts_each_sandbox():
        raise SandboxFailure("nothing limits the number of processes", got=platform.release(), expected="Linux 5.14")
    return Namespaces(program, mounts, quota, None, pass_fds)


def _refused(_program: Sequence[str], _mounts: Mounts, _quota: Quota, _pass_fds: Sequence[int]) -> Launched:
    tier = probe()
    raise SandboxFailure(f"there is no sandbox here: {tier.sentence}", fix=tier.better)


@functools.cache
def probe() -> Tier:
    """The best tier that works here, tried with a program that forks and one that allocates beyond its quota."""
    # From the best tier down. Why one does not work becomes part of the advice in the next.
    hierarchy = find_hierarchy()
    if isinstance(hierarchy, Hierarchy):
        tier = Tier("A", f"namespaces by bubblewrap, limits by {hierarchy}")
        if not (fault := _fault(tier)):
            return tier
    else:
        fault = hierarchy
    better = (
        f"for limits by control groups ({fault}): systemd-run --user --scope --property=Delegate=yes autograder …, "
        "or the same without --user as root"
    )
    tier = Tier("B", "namespaces by bubblewrap, limits by rlimits and a watch on all processes", better)
    if not (fault := _fault(tier)):
        return tier
    try:
        engine = find_engine()
        image = find_image(engine)
    except SandboxFailure as no_container:
        return Tier("none", f"{fault} {no_container}", "apt-get install bubblewrap (or dnf), on macOS Docker or Podman")
    tier = Tier("C", f"containers by {Path(engine).name}, image {image}", f"bubblewrap: {fault}")
    return tier if not (fault := _fault(tier)) else Tier("none", fault, tier.better)


def choose_tier(trust_students: bool = False, name: TierName | None = None) -> Tier:
    """The tier to grade in: the best one that works, or the one that is named.

    Args:
        trust_students: whether to do without a sandbox where there is none.
        name: of a tier that must work.

    Raises:
        SandboxFailure: no tier works here, or the named one does not.
    """
    best = probe()
    if name is not None and name != best.name:
        return _named(name)
    if best.name != "none":
        return best
    if trust_students:
        return TRUSTED
    raise SandboxFailure(
        "there is no sandbox on this machine for the students' code",
        got=best.sentence,
        expected="bubblewrap, or a container engine",
        fix=f"{best.better}; `autograder doctor` says more, and --trust-students runs everything without one",
    )


def _named(name: TierName) -> Tier:
    """The tier of a name, tried unless it is the one without a sandbox."""
    if name == "trusted":
        return TRUSTED
    # Tiers below the best one have not been tried by `probe`.
    tier = Tier(name, "asked for by name")
    if fault := _fault(tier):
        raise SandboxFailure(f"tier {name} does not hold on this machine", got=fault, expected=f"{probe()}")
    return tier


def _fault(tier: Tier) -> str:
    """What is wrong with a tier; empty if it works."""
    try:
        # Either a fork fails and the program prints how many there were, or the keeper kills it for them.
        ending, forks = _run_trial(FORKS, tier)
        if ending.reason not in ("exited", "processes") or (forks and int(forks) > TRIAL.processes):
            return f"a program started {forks or 'more'} processes where {TRIAL.processes} are allowed"
        ending, _ = _run_trial(ALLOCATIONS, tier)
        if ending.reason != "memory":
            return f"a program got 144 MiB where {TRIAL.memory_mib} are allowed: {ending}"
    except (SandboxFailure, OSError) as error:
        return str(error)
    return ""


def _run_trial(code: str, tier: Tier) -> tuple[Ending, str]:
    """How a program ends in a sandbox of a tier, and what it prints."""
    mounts = Mounts(folder=Path("/sandbox"), read_only=interpreter_binds())
    with start([sys.executable, "-I", "-S", "-c", code], mounts, TRIAL, tier) as box:
        ending = box.wait(TRIAL.wall_s + 1)
        if ending is None:
            raise SandboxFailure("a trial in the sandbox does not end")
        with open(box.stdout, closefd=False) as output:
            return ending, output.read().strip()
