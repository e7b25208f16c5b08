"""How kernels are compiled: one decorator, and a cache on disk that cannot go stale.

Compiled code is kept under the first of these folders that can be written to: $CHAINRULE_CACHE_DIR, `__pycache__` of
the package `kernels`, the user's cache folder. In it, a folder is named for the source text of all kernels. Numba alone
looks at the date of the one file that holds a function, and hands out old code after an edit in a module that the file
imports. Where no folder can be written to, everything works and each process compiles anew.
"""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

# GNU OpenMP's threads spin for milliseconds after their work and take the cores from everything else (another process,
# a threaded BLAS). The library reads this when it is loaded, so it is set before Numba is imported; a user's
# own setting wins. The library's default is 300,000 rounds.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")

import numba

__all__ = ["cache_folder", "jit", "source_digest"]


def source_digest(package: Path) -> str:
    """Twelve hex digits for the Python files below a folder: their paths and their text.

    A renamed file changes it as an edited one does.
    """
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        for content in (path.relative_to(package).as_posix().encode(), path.read_bytes()):
            digest.update(len(content).to_bytes(8) + content)  # with lengths, two trees never give the same bytes
    return digest.hexdigest()[:12]


@cache
def cache_folder() -> Path | None:
    """Where compiled kernels are kept, or None if no folder can be written to."""
    package = Path(__file__).parents[1]
    chosen = os.environ.get("CHAINRULE_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for base in (Path(chosen),) if chosen else (package / "__pycache__", home / "chainrule"):
        folder = base / f"kernels-{source_digest(package)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Permissions do not tell (root, read-only file systems, quotas): writing does.
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def jit(function: Callable[..., Any] | None = None, *, parallel: bool = False, inline: str = "never") -> Any:
    """Compile at the first call, and keep the result on disk; `function.py_func` stays the Python function.

    Args:
        function: what to compile; `@jit` and `@jit(parallel=True)` both decorate.
        parallel: whether `prange` in it runs on several threads.
        inline: Numba's option of that name.
    """
    if function is None:
        return lambda f: jit(f, parallel=parallel, inline=inline)
    folder = cache_folder()
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder or "")
    try:
        options = {"parallel": parallel, "inline": inline, "cache": folder is not None, "nogil": True}
        # NumPy's errors: x / 0 is inf, as in the reference, and needs no test in the loop.
        dispatcher = numba.njit(error_model="numpy", boundscheck=False, **options)(function)
    finally:
        numba.config.CACHE_DIR = before
    if folder is not None and not numba.config.DISABLE_JIT:
        # Numba counts its files: two processes that compile at the same time would write two codes under one name.
        dispatcher._cache._cache_file._data_name = lambda _number: f"{function.__name__}-{uuid.uuid4().hex}.nbc"
    return dispatcher
