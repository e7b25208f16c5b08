"""The browser that the tests drive: found, or installed where that is allowed, or a sentence that says what to do.

`python chromium.py` prints its path. In this order: the environment variable CHROMIUM; the system's Chromium or
Chrome, or Playwright's own if it is there already; the system's package manager, for root; Playwright's installer.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["FLAGS", "BrowserError", "find_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
APT_GET = ("apt-get", "-o", "Dpkg::Use-Pty=0", "--quiet")

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""For a browser without a screen that talks to nobody but the server under test."""


class BrowserError(Exception):
    """There is no browser and none can be had."""


def find_chromium() -> Path:
    """Path of a Chromium that starts; installs one if there is none.

    Raises:
        BrowserError: neither found nor installed; it says what was tried and what to do.
    """
    if named := os.environ.get("CHROMIUM"):
        if starts(named):
            return Path(named)
        raise BrowserError(
            f"the environment variable CHROMIUM names {named}, which does not start: correct or unset it"
        )
    for found in _installed():
        if starts(found):
            return Path(found)
    tried = []
    for how, install in (("apt-get install chromium", _apt_get), ("playwright install chromium", _playwright)):
        if not (problem := install()):
            for found in _installed():
                if starts(found):
                    return Path(found)
            problem = "what it installed does not start"
        tried.append(f"`{how}`: {problem}")
    raise BrowserError(
        "the browser tests need Chromium or Chrome: install one, or name one in the environment variable CHROMIUM "
        f"(tried {'; '.join(tried)})"
    )


def starts(program: str) -> bool:
    """Whether a program runs at all: on some systems `chromium` only says where one could be had."""
    try:
        # a fresh home, for it writes there even when asked for its version only
        with tempfile.TemporaryDirectory() as home:
            subprocess.run(
                [program, "--version"], env=os.environ | {"HOME": home}, check=True, capture_output=True, timeout=60
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from APPLICATIONS
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    yield path


def _apt_get() -> str:
    """Why the package manager installed nothing; empty if it did."""
    if not shutil.which("apt-get"):
        return "there is no apt-get"
    if os.geteuid() != 0:
        return "only root may"
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return _first_failure(
        lambda: _run(*APT_GET, "update", environment=quietly),
        lambda: _run(*APT_GET, "install", "--yes", "--no-install-recommends", "chromium", environment=quietly),
    )


def _playwright() -> str:
    """Why Playwright's installer installed nothing; empty if it did."""
    return _run(sys.executable, "-m", "playwright", "install", "chromium", environment=dict(os.environ))


def _first_failure(*steps: Callable[[], str]) -> str:
    return next(filter(None, (step() for step in steps)), "")


def _run(*command: str, environment: dict[str, str]) -> str:
    """Why a command failed, in its own words; empty if it did not."""
    sys.stderr.write(f"{' '.join(command)}\n")
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("E: ") or "Error: " in line]
    return (errors or lines[-1:] or [f"it ended with status {done.returncode}"])[0]


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_chromium()}\n")
    except BrowserError as error:
        sys.exit(str(error))
