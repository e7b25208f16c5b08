"""What must be mounted for Python to run: interpreter, environment, shared libraries, fonts, time zones."""

import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["interpreter_binds"]

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/alternatives")
FONTS = ("/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig")
TIME = ("/etc/localtime", "/usr/share/zoneinfo")
SYSTEM = ("/usr", "/usr/local")
"""Prefixes of which only the libraries above are bound, and not programs or headers."""


@functools.cache
def interpreter_binds() -> tuple[tuple[Path, Path], ...]:
    """Read-only binds, each at its own path, with which `sys.executable` runs as it does here.

    The sources of an editable install lie elsewhere; the caller binds them.
    """
    wanted = [Path(path) for path in (*LIBRARIES, *FONTS, *TIME)]
    wanted += [Path(prefix) for prefix in (sys.base_prefix, sys.prefix) if prefix not in SYSTEM]
    wanted += _links(Path(os.path.normpath(sys.executable)))
    # In order and each once; a path below another one comes with it.
    paths = dict.fromkeys(path for path in wanted if path.exists())
    return tuple((path, path) for path in paths if not _inside_another(path, paths))


def _links(program: Path) -> Iterator[Path]:
    """A program and each link on the way to it: Python finds its library from the path by which it is called."""
    while program.is_symlink():
        yield program
        program = program.parent / program.readlink()
    yield program


def _inside_another(path: Path, paths: dict[Path, None]) -> bool:
    return any(parent in paths for parent in path.parents)
