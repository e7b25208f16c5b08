"""What the two sandboxed programs see: an interpreter, its packages, the notebook's data. Nothing else is there.

Of the reference package, the student's side gets an allow-list: what loads data. Everything that could answer an
exercise, or says how a wrong answer is recognised, stays out; pictures, too, as their helpers compute.
"""

import atexit
import functools
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder import guest
from autograder.errors import EngineError
from autograder.sandbox import Mounts, interpreter_binds

__all__ = ["FOLDER", "ONE_THREAD", "test_runner_mounts", "worker_mounts"]

ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Environment of processes that run side by side, so that each computes with one thread."""

FOLDER = Path("/sandbox")
ENGINE = FOLDER / ".engine"
MATPLOTLIB = FOLDER / ".matplotlib"

SHOWN = ("__init__.py", "errors.py", "data", "check")
"""Parts of the reference package that student code may use while it is graded."""
NOT_SHOWN = ("mistakes",)
"""Of the folders among these."""


def worker_mounts(files: Path) -> Mounts:
    """For the program that runs student code.

    Args:
        files: folder of the notebook, whose data files are to be found in the working folder.
    """
    package = _package("chainrule")
    return Mounts(
        folder=FOLDER,
        read_only=(*interpreter_binds(), *_engine(), *_data(files), *_fonts()),
        hidden=(package,),
        shown_again=tuple((path, path) for path in _shown(package)),
        environment=_environment() | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
    )


def test_runner_mounts(files: Path) -> Mounts:
    """For the program that runs the instructor's tests."""
    package = _package("chainrule")
    return Mounts(
        folder=FOLDER,
        read_only=(*interpreter_binds(), (package, package), *_engine(), *_data(files), *_fonts()),
        # compiled kernels could not be kept here; what tests ask of them is small
        environment=_environment() | {"CHAINRULE_KERNELS": "plain", "MPLBACKEND": "agg"},
    )


def _environment() -> dict[str, str]:
    return ONE_THREAD | {
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": str(MATPLOTLIB),
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ENGINE),
        "PYTHONUTF8": "1",
    }


@functools.cache
def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise EngineError(f"the package {name} is not installed", fix="install the autograder with its dependencies")
    return Path(found.origin).parent


def _shown(package: Path) -> Iterator[Path]:
    for name in SHOWN:
        part = package / name
        if part.is_dir() and any((part / hidden).exists() for hidden in NOT_SHOWN):
            yield from (path for path in sorted(part.iterdir()) if path.name not in NOT_SHOWN)
        else:
            yield part


def _engine() -> Iterator[tuple[Path, Path]]:
    folder = Path(guest.__file__).parent
    yield folder, ENGINE / folder.name


def _data(files: Path) -> Iterator[tuple[Path, Path]]:
    if files.is_dir():
        for path in sorted(files.iterdir()):
            if path.suffix != ".ipynb" and not path.name.startswith(".") and not path.is_symlink():
                yield path.absolute(), FOLDER / path.name


def _fonts() -> Iterator[tuple[Path, Path]]:
    """Matplotlib's list of fonts, which it would otherwise make anew in every process that draws."""
    for path in _font_lists():
        yield path, MATPLOTLIB / path.name


@functools.cache
def _font_lists() -> tuple[Path, ...]:
    """Made once a run, by the grader itself, in a folder that no submission can write to."""
    folder = _scratch()
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=os.environ | {"MPLCONFIGDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # without it, pictures take longer
    )
    return tuple(folder.glob("fontlist-*.json"))


@functools.cache
def _scratch() -> Path:
    """A folder that is removed when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="autograder-")
    atexit.register(made.cleanup)
    return Path(made.name)
