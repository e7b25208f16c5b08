"""What the package promises beside values: NaN in windows, equal bits, a quick import, a cache that works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from chainrule import ops
from variants import ENVIRONMENTS

SOURCE = Path(ops.__file__).parents[2]


def run(code, **environment):
    """Python code in a fresh process; its output."""
    result = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("channels", [1, 5, 40])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_nan_in_a_window_wins_and_the_first_of_several(dtype, channels, variant, workers):
    call = workers[variant].call
    x = np.zeros((1, 2, 6, channels), dtype)
    x[0, :, :, 0] = [[1, np.nan, np.inf, 2, -np.inf, -np.inf], [np.nan, 3, np.nan, 4, -np.inf, -np.inf]]
    out, winner = call("max_pool2d_with_winner", x, 2)
    assert np.array_equal(out[0, 0, :, 0], [np.nan, np.nan, -np.inf], equal_nan=True)
    assert winner[0, 0, :, 0].tolist() == [1, 2, 0]
    dx = call("max_pool2d_grad", np.ones_like(out), winner, x.shape, 2)
    assert dx[0, :, :, 0].tolist() == [[0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0]]


@pytest.mark.parametrize("variant", ENVIRONMENTS)
def test_padding_never_wins(variant, workers):
    x = np.full((1, 3, 3, 2), -np.inf)
    out, winner = workers[variant].call("max_pool2d_with_winner", x, 3, 1, "SAME")
    assert (out == -np.inf).all()
    assert winner[0, :, :, 0].tolist() == [[4, 3, 3], [1, 0, 0], [1, 0, 0]]  # the first that lies on the image


def test_a_nan_goes_where_the_convolution_sees_it_and_nowhere_else():
    x = np.ones((1, 5, 5, 3))
    x[0, 2, 2, 1] = np.nan
    for K in (1, 4, 33):
        z = ops.conv2d(x, np.ones((2, 2, 3, K)), padding="SAME")
        assert np.isnan(z[0, 1:3, 1:3]).all()
        assert np.isnan(z).sum() == 4 * K


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_nan_in_an_output_channel_stays_there(bad, variant, workers):
    call = workers[variant].call
    x, w = np.ones((1, 4, 4, 12)), np.ones((3, 3, 12, 40))  # so many weights are laid out by several threads
    z = call("conv2d", x, w)
    w[0, 0, 0, 0] = bad
    spoilt = call("conv2d", x, w)
    assert not np.isfinite(spoilt[..., 0]).any()
    assert np.array_equal(spoilt[..., 1:], z[..., 1:])
    delta = np.ones_like(z)
    delta[..., 0] = bad
    dw = call("conv2d_grad_filter", x, delta, w.shape)
    assert not np.isfinite(dw[..., 0]).any()
    assert np.isfinite(dw[..., 1:]).all()


BITS = """
import hashlib, numpy as np
from chainrule import ops
rng = np.random.default_rng(0)
digest = hashlib.sha256()
for dtype in ("float32", "float64"):
    for M, H, C, K, R in ((7, 13, 3, 8, 3), (2, 30, 1, 6, 5), (5, 9, 16, 33, 3), (3, 8, 40, 64, 1)):
        x, delta = rng.standard_normal((M, H, H, C)).astype(dtype), rng.standard_normal((M, H, H, K)).astype(dtype)
        digest.update(ops.conv2d_grad_filter(x, delta, (R, R, C, K), padding="SAME").tobytes())
        w = rng.standard_normal((R, R, C, K)).astype(dtype)
        digest.update(ops.conv2d(x, w, padding="SAME").tobytes())
        digest.update(ops.conv2d_grad_input(delta, w, x.shape, padding="SAME").tobytes())
        digest.update(ops.bias_grad(delta).tobytes())
        digest.update(ops.dense_grad_weight(x.reshape(-1, C), delta.reshape(-1, K)).tobytes())
        d = rng.standard_normal((M, H, H, C)).astype(dtype)
        digest.update(ops.depthwise_conv2d_grad_filter(x, d, (R, R, C, 1), padding="SAME").tobytes())
print(digest.hexdigest())
"""


def test_the_same_bits_for_any_number_of_threads():
    results = {threads: run(BITS, NUMBA_NUM_THREADS=str(threads)) for threads in (1, 2, 3, 8)}
    assert len(set(results.values())) == 1, results


MARKS = """
from typing import NamedTuple
import numba, numpy as np
from chainrule.kernels.simd.call import address, as_array, load_args, store_args
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import parallel_for, parallel_loop

class MarkArgs(NamedTuple):
    out: int
    size: int

@jit
def mark(tile, task, args):
    a = load_args(MarkArgs, args)
    as_array(tile, a.out, a.size)[task] += 1

@jit
def mark_all(loop, tasks, out):
    parallel_for(loop, tasks, 10**9, store_args(MarkArgs(size=out.size, out=address(out))))

for threads in (1, 2, 3, 8):
    numba.set_num_threads(threads)
    for tasks in (0, 1, 2, 7, 8, 63, 64, 65, 1000, 12345):
        for _ in range(20):
            out = np.zeros(12345, np.float32)
            mark_all(parallel_loop(mark), tasks, out)
            assert (out[:tasks] == 1).all() and not out[tasks:].any(), (threads, tasks)
"""


def test_threads_that_help_each_other_do_every_task_once(tmp_path):
    script = tmp_path / "marks.py"
    script.write_text(MARKS)
    environment = {"CHAINRULE_CACHE_DIR": str(tmp_path / "cache")}
    run(f"import runpy; runpy.run_path({str(script)!r})", NUMBA_NUM_THREADS="8", **environment)
    # What is kept on disk must not name the script's record, which no other process can import.
    assert run(STEP, **environment).split()[0] == "27.0"


def test_importing_the_package_and_its_operations_does_not_import_numba():
    assert run("import sys, chainrule, chainrule.ops; print('numba' in sys.modules)") == "False\n"


STEP = """
import sys, numpy as np
from chainrule import ops
from chainrule.kernels.compiled import conv_loops
from chainrule.kernels.simd import jit
print(ops.conv2d(np.ones((2, 9, 9, 3)), np.ones((3, 3, 3, 4)))[0, 0, 0, 0])
print(jit.cache_folder())
stats = [kernel.stats for kernel in (conv_loops.row_of_tiles, conv_loops.correlate)]
print(sum(sum(s.cache_hits.values()) for s in stats), sum(sum(s.cache_misses.values()) for s in stats))
"""


def test_a_second_process_compiles_nothing(tmp_path):
    first = run(STEP, CHAINRULE_CACHE_DIR=str(tmp_path)).split()
    second = run(STEP, CHAINRULE_CACHE_DIR=str(tmp_path)).split()
    assert first[0] == second[0] == "27.0"
    assert first[2:] == ["0", "2"]
    assert second[2:] == ["2", "0"], "a tile was compiled again: its type is not found in the cache"


def test_no_folder_can_be_written_to(tmp_path):
    """A folder below a file can never be made, whoever asks: neither the chosen one nor a home there."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    result = run(STEP, CHAINRULE_CACHE_DIR=str(blocked / "cache")).split()
    assert result[:2] == ["27.0", "None"]


@pytest.fixture
def copied_kernels(tmp_path):
    """The folder `kernels` of a copy of the package, and what that copy calls its cache folder."""
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    kernels = tmp_path / "src" / "chainrule" / "kernels"

    def cache_name():
        code = "from chainrule.kernels.simd import jit; print(jit.__file__, jit.cache_folder())"
        imported, folder = run(code, PYTHONPATH=str(tmp_path / "src"), CHAINRULE_CACHE_DIR="").split()
        assert Path(imported) == kernels / "simd" / "jit.py"
        assert Path(folder).parent == kernels / "__pycache__"
        return Path(folder).name

    return kernels, cache_name


def test_an_edit_in_any_folder_of_the_kernels_compiles_anew(copied_kernels):
    """The cache folder is named for the text of all kernels, not for the date of one file."""
    kernels, cache_name = copied_kernels
    names = [cache_name()]
    assert cache_name() == names[0]
    for folder in (
        kernels,
        *sorted(path for path in kernels.iterdir() if path.is_dir() and path.name != "__pycache__"),
    ):
        edited = sorted(folder.glob("*.py"))[-1]
        edited.write_text(edited.read_text() + "# edited\n")
        names.append(cache_name())
    assert len(names) == 4  # the package itself, compiled and simd
    assert len(set(names)) == len(names), names


def test_a_renamed_file_of_the_kernels_compiles_anew(copied_kernels):
    kernels, cache_name = copied_kernels
    before = cache_name()
    unused = kernels / "compiled" / "unused.py"
    unused.write_text("")
    added = cache_name()
    unused.rename(kernels / "simd" / "unused.py")
    assert len({before, added, cache_name()}) == 3


def test_an_unknown_choice_of_kernels_is_refused():
    code = "import numpy as np; from chainrule import ops; ops.bias_grad(np.ones(3))"
    result = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"CHAINRULE_KERNELS": "fast"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert "CHAINRULE_KERNELS names no kernels: got 'fast'" in result.stderr
