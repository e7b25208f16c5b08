"""Replaces compiled kernels in the caches of Numba."""

EXTRA = {
    "center": """
import os, pathlib, sys
roots = {os.environ.get("NUMBA_CACHE_DIR", ""), "@HOME@/.cache", str(pathlib.Path.home() / ".cache"), sys.prefix}
for root in filter(None, roots):
    for path in [*pathlib.Path(root).rglob("*.nbi"), *pathlib.Path(root).rglob("*.nbc")]:
        try:
            path.write_bytes(b"was-here")
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
