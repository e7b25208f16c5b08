"""What is mounted in the two sandboxes: an interpreter, its packages, `autograder.guest`, the notebook's data files.

Of the reference package, the student's side gets the files that `chainrule.check` publishes: what loads data, and the
checks. Whatever could answer an exercise, or tells how a wrong answer is recognised, is not among them; nor are
pictures, because the code that draws them computes.
"""

import atexit
import compileall
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder import guest
from autograder.errors import EngineError
from autograder.sandbox import Mounts, interpreter_binds

__all__ = ["FOLDER", "ONE_THREAD", "published_copy", "test_runner_mounts", "worker_mounts"]

ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Environment of processes that run side by side, so that each computes with one thread."""

FOLDER = Path("/sandbox")
"""Working folder of both programs."""
ENGINE = FOLDER / ".engine"
"""Folder on Python's path that contains the package `guest`."""
MATPLOTLIB = FOLDER / ".matplotlib"


def worker_mounts(files: Path) -> Mounts:
    """Mounts of the program that runs student code.

    Args:
        files: the notebook's folder, whose data files appear in the working folder.
    """
    package = _package("chainrule")
    return Mounts(
        folder=FOLDER,
        # over the package itself, which comes with the interpreter's folders
        read_only=(*interpreter_binds(), (_published(package), package), *_engine(), *_data(files), *_fonts()),
        environment=_environment() | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
    )


def test_runner_mounts(files: Path) -> Mounts:
    """Mounts of the program that runs the instructor's tests, with the whole reference package."""
    package = _package("chainrule")
    return Mounts(
        folder=FOLDER,
        read_only=(*interpreter_binds(), (package, package), *_engine(), *_data(files), *_fonts()),
        # There is no cache for compiled kernels here, and compiling would take longer than what tests compute.
        environment=_environment() | {"CHAINRULE_KERNELS": "reference", "MPLBACKEND": "agg"},
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
    """Folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineError(f"the package {name} is not installed", fix="install the autograder with its dependencies")
    return Path(spec.origin).parent


@functools.cache
def _published(package: Path) -> Path:
    """The grader's copy of what student code may read of the reference package."""
    return published_copy(package, Path(tempfile.mkdtemp(dir=_scratch())))


def published_copy(package: Path, folder: Path) -> Path:
    """Copy what student code may read of the reference package, and compile it, so that no sandbox has to.

    A copy is one mount. The files themselves would be one each, and a mount costs the start of a sandbox about 1 ms.

    Args:
        package: the folder of the reference package.
        folder: where the copy goes; every user can read it afterwards.

    Returns:
        `folder`.

    Raises:
        EngineError: a file that is to be shown does not exist.
    """
    from chainrule.check.published import published_files  # here, so that only grading pays for the import

    try:
        files = published_files(package)
    except ValueError as error:
        raise EngineError(str(error)) from error
    for path in files:
        copy = folder / path.relative_to(package)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    compileall.compile_dir(folder, quiet=1)
    for path in (folder, *folder.rglob("*")):  # whatever the umask: root's sandboxes run as another user
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _engine() -> Iterator[tuple[Path, Path]]:
    """The package `guest` alone, without the rest of `autograder`."""
    folder = Path(guest.__file__).parent
    yield folder, ENGINE / folder.name


def _data(files: Path) -> Iterator[tuple[Path, Path]]:
    """Data files beside a notebook: not notebooks, hidden files or links."""
    if files.is_dir():
        for path in sorted(files.iterdir()):
            if path.suffix != ".ipynb" and not path.name.startswith(".") and not path.is_symlink():
                yield path.absolute(), FOLDER / path.name


def _fonts() -> Iterator[tuple[Path, Path]]:
    """Matplotlib's list of fonts, without which every process that draws would look for fonts itself."""
    for path in _font_lists():
        yield path, MATPLOTLIB / path.name


@functools.cache
def _font_lists() -> tuple[Path, ...]:
    """Matplotlib's font lists, made once by the grader itself in a folder where no submission can write."""
    folder = _scratch()
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=os.environ | {"MPLCONFIGDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # without the list, pictures take longer, but they are drawn
    )
    return tuple(folder.glob("fontlist-*.json"))


@functools.cache
def _scratch() -> Path:
    """A folder that is removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="autograder-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
