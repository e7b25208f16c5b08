"""What an import costs, and that the package works where nothing can be written."""

import ctypes
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import chainrule
import pytest

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def run(code, **settings):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, **settings)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


def test_the_root_package_brings_nothing_heavy():
    heavy = {"numpy", "numba", "llvmlite", "matplotlib", "rich", "ipywidgets", "IPython"}
    assert heavy.isdisjoint(run("import sys, chainrule; print(*sys.modules)"))


@pytest.mark.parametrize("module", ["losses", "optim", "layers", "nets", "data", "gradcheck"])
def test_networks_need_neither_pictures_nor_bars_nor_the_notebook(module):
    heavy = {"matplotlib", "rich", "ipywidgets", "IPython"}
    assert heavy.isdisjoint(run(f"import sys, chainrule.{module}; print(*sys.modules)"))


STEP = """
import sys, pathlib
import chainrule
place = pathlib.Path(chainrule.__file__).parent
for folder in (place, place / "kernels", pathlib.Path.home()):
    try:
        (folder / "written").touch()
    except PermissionError:
        continue
    sys.exit(f"{folder} can be written to: this test would prove nothing")
import numpy as np
from chainrule import layers, nets, optim
rng = np.random.default_rng(0)
net = {network}
x = rng.random((4, 8, 8, 1))
print(place, *nets.fit(net, x, [0, 1, 2, 3], optimizer=optim.Optimizer("adam"), epochs=2, seed=0).loss)
"""
# Without a cache every kernel is compiled anew: of the compiled ones, those of two layers do.
NETWORKS = {
    "compiled": "nets.Sequential([layers.MaxPool2D(2), layers.Flatten(), layers.Dense(16, 4, rng=rng)])",
    "reference": "nets.lenet_digits(rng)",
}


def without_roots_privilege():
    """Root may write to read-only folders; from the next exec on it may not any more."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError("could not give up CAP_DAC_OVERRIDE")


def read_only(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    folder.chmod(0o555)


@pytest.mark.parametrize("kernels", NETWORKS)
def test_a_read_only_installation_with_an_unwritable_home_trains(kernels, tmp_path):
    shutil.copytree(
        Path(chainrule.__file__).parent,
        tmp_path / "site" / "chainrule",
        ignore=shutil.ignore_patterns("__pycache__", "*.nbi", "*.nbc"),
    )
    (tmp_path / "home").mkdir()
    for folder in (tmp_path / "site", tmp_path / "home"):
        read_only(folder)
    before = sorted(tmp_path.rglob("*"))
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH"}}
    ours = {
        "HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(tmp_path / "site"),
        "CHAINRULE_KERNELS": kernels,
    }
    code = STEP.replace("{network}", NETWORKS[kernels])
    place, *losses = run(code, env=kept | ours, cwd=tmp_path / "home", preexec_fn=without_roots_privilege)
    assert place == str(tmp_path / "site" / "chainrule")
    assert len(losses) == 2
    assert sorted(tmp_path.rglob("*")) == before


COMPILE = """
import sys
from chainrule.kernels.simd.tile import Tile
from chainrule.kernels.simd.call import code_address
from chainrule.kernels.compiled.packing import pack_panel
code_address(pack_panel, Tile("float32", 1, 1, int(sys.argv[1]), 2))
"""


def compile_in(folder, vectors):
    command = [sys.executable, "-c", COMPILE, str(vectors)]
    subprocess.run(command, env=os.environ | {"CHAINRULE_CACHE_DIR": str(folder)}, check=True)


def test_processes_that_compile_at_the_same_time_leave_a_cache_that_can_be_read(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    compile_in(one, 1)
    compile_in(other, 2)
    # what is left if both have looked into an empty cache: the code of both, and the index of the one that came last
    for path in other.rglob("*.nbc"):
        shutil.copy(path, one / path.relative_to(other))
    compile_in(one, 1)
