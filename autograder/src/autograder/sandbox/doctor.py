"""What this machine offers to confine students' code, part by part, and what to install for more."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox import SandboxFailure, Tier, interpreter_binds, probe
from autograder.sandbox.bubblewrap import SETPRIV, find_bubblewrap, version
from autograder.sandbox.cgroup import Hierarchy, find_hierarchy
from autograder.sandbox.container import find_engine, find_image
from autograder.sandbox.seccomp import program

__all__ = ["Finding", "MachineReport", "inspect_machine", "install"]

SETTINGS = {
    "user/max_user_namespaces": ("0", "sysctl user.max_user_namespaces=15000"),
    "kernel/unprivileged_userns_clone": ("0", "sysctl kernel.unprivileged_userns_clone=1"),
    "kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "an AppArmor profile for bwrap that allows userns, or sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
}
"""Settings below /proc/sys, with the value that forbids user namespaces and the way to allow them."""
# Beginnings of the file names of common Chinese fonts.
CHINESE = ("NotoSansCJK", "NotoSerifCJK", "wqy", "SourceHanSans", "PingFang", "msyh")
# Without a pseudo-terminal, apt-get draws no progress bars.
APT_GET = ("apt-get", "-o", "Dpkg::Use-Pty=0", "--quiet")


@dataclass(frozen=True)
class Finding:
    """One part: whether it is there, what was found, and what to do if it is missing."""

    name: str
    there: bool
    found: str
    fix: str = ""


@dataclass(frozen=True)
class MachineReport:
    """The tier that works, found by trying it, and the parts that tiers are made of."""

    tier: Tier
    findings: tuple[Finding, ...]


def inspect_machine() -> MachineReport:
    """Look for every part. Nothing is changed."""
    inspections = (_bubblewrap, _user_namespaces, _control_groups, _system_calls, _container, _fonts)
    return MachineReport(probe(), tuple(inspect() for inspect in inspections))


def _bubblewrap() -> Finding:
    fix = "apt-get install bubblewrap, or dnf install bubblewrap"
    try:
        program_version = ".".join(map(str, version(find_bubblewrap())))
    except (SandboxFailure, OSError, subprocess.SubprocessError) as error:
        return Finding("bubblewrap", False, str(error), fix)
    if os.geteuid() == 0 and not Path(SETPRIV).exists():
        return Finding(
            "bubblewrap", False, f"{program_version}, but no {SETPRIV}, which root needs", "install util-linux"
        )
    return Finding("bubblewrap", True, program_version)


def _user_namespaces() -> Finding:
    # None of these settings binds root, which needs no user namespace.
    for setting, (forbids, fix) in SETTINGS.items():
        path = Path("/proc/sys") / setting
        if path.exists() and path.read_text().strip() == forbids:
            return Finding("user namespaces", os.geteuid() == 0, f"{setting} is {forbids}", fix)
    return Finding("user namespaces", Path("/proc/self/ns/user").exists(), platform.release())


def _control_groups() -> Finding:
    hierarchy = find_hierarchy()
    fix = "start the grader by: systemd-run --user --scope --property=Delegate=yes autograder …"
    there = isinstance(hierarchy, Hierarchy)
    return Finding("control groups", there, str(hierarchy), "" if there else fix)


def _system_calls() -> Finding:
    try:
        program()
    except SandboxFailure as error:
        return Finding("seccomp", False, str(error))
    there = Path("/proc/sys/kernel/seccomp").exists()
    return Finding("seccomp", there, platform.machine(), "" if there else "a kernel with CONFIG_SECCOMP_FILTER")


def _container() -> Finding:
    try:
        engine = find_engine()
        return Finding("container engine", True, f"{Path(engine).name}, image {find_image(engine)}")
    except SandboxFailure as error:
        return Finding("container engine", False, str(error), "needed only where bubblewrap does not run")


def _fonts() -> Finding:
    folders = [outside for outside, _ in interpreter_binds() if outside.name == "fonts"]
    names = [path.name for folder in folders for path in folder.rglob("*") if path.name.startswith(CHINESE)]
    fix = "" if names else "apt-get install fonts-noto-cjk: without it, Chinese in pictures is boxes"
    return Finding("Chinese fonts", bool(names), names[0] if names else "none", fix)


def install(say: Callable[[str], None]) -> None:
    """Install bubblewrap by apt-get, if this process is root.

    Args:
        say: called with each command before it is run.

    Raises:
        AutograderError: this process is not root, there is no apt-get, or apt-get failed.
    """
    commands = [[*APT_GET, "update"], [*APT_GET, "install", "--yes", "--no-install-recommends", "bubblewrap"]]
    by_hand = "install bubblewrap with your system's package manager, as root: apt-get install bubblewrap"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        why = "no apt-get" if os.geteuid() == 0 else "a user who is not root"
        raise AutograderError("bubblewrap cannot be installed from here", got=why, fix=by_hand)
    for command in commands:
        say(" ".join(command))
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - fixed
        if done.returncode:
            raise AutograderError(
                "apt-get failed", got=(done.stderr.strip() or done.stdout.strip())[-300:], fix=by_hand
            )
