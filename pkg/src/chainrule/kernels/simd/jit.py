"""How kernels are compiled: one decorator, a cache on disk that cannot go stale, and how many threads work.

Compiled code is kept under the first of these folders that can be written to, in a folder named for the kernels'
source text: $CHAINRULE_CACHE_DIR, `__pycache__` beside this file, the user's cache folder. Numba alone looks at the
date of one file, and gives the old code after an edit in a module that it imports. With no such folder everything
works, and is compiled in each process anew.
"""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

# GNU OpenMP's threads spin for milliseconds after their work, which starves everybody else on the same cores
# (another process, a threaded BLAS): shorten that before its library is loaded, unless the user has a say.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")

import numba

__all__ = ["cache_folder", "jit", "set_threads"]


@cache
def cache_folder() -> Path | None:
    """Where compiled kernels are kept, or None if no folder can be written to."""
    here = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        for part in (path.relative_to(here).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8) + part)  # with lengths, so that no two trees give the same bytes
    chosen = os.environ.get("CHAINRULE_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for base in (Path(chosen),) if chosen else (here / "__pycache__", home / "chainrule"):
        folder = base / f"kernels-{digest.hexdigest()[:12]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def jit(function: Callable[..., Any] | None = None, *, parallel: bool = False, inline: str = "never") -> Any:
    """Compile at first call; `function.py_func` stays the plain Python loop nest."""
    if function is None:
        return lambda f: jit(f, parallel=parallel, inline=inline)
    folder = cache_folder()
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder or "")
    try:
        options = {"parallel": parallel, "inline": inline, "cache": folder is not None, "nogil": True}
        made = numba.njit(error_model="numpy", boundscheck=False, **options)(function)
    finally:
        numba.config.CACHE_DIR = before
    if folder is not None and not numba.config.DISABLE_JIT:
        # Numba counts its files: two processes that compile at the same time give one name to two things, for ever
        made._cache._cache_file._data_name = lambda _number: f"{function.__name__}-{uuid.uuid4().hex}.nbc"
    return made


def set_threads(count: int) -> None:
    """Let this many threads work in each operation, at most as many as Numba has started (NUMBA_NUM_THREADS)."""
    numba.set_num_threads(count)
