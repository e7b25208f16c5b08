"""Throw arguments of every kind at `chainrule.ops` for some minutes: `make fuzz-ops`, or fuzz_ops.py MINUTES.

A call must give finite-sized arrays or raise an error of this package; any other error is a finding, and so is the
death of the process, which is why the calls are made in a child. The child notes each call before it makes it. Arrays
lie beside forbidden pages, so a kernel that reads or writes one element too far dies too.
"""

import itertools
import pickle
import resource
import subprocess
import sys
import time
import traceback
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))
from geometries import geometries
from guarded import guarded

NOTE = Path("build/fuzz-ops.last")
DTYPES = ["f4", "f8", "f2", ">f8", "i4", "u1", "?", "c16", "O", "U3"]
NUMBERS = st.integers(-3, 9) | st.sampled_from([2**31, 2**63, -(2**70), 1.0, 2.5, True, None, "2", float("nan")])
SHAPES = st.lists(st.integers(0, 5), max_size=5).map(tuple)
ORDERS = ["C", "after", "before", "F", "reversed", "sliced", "read-only", "broadcast", "unaligned"]


def ordered(array, order):
    """The same values in another memory order."""
    if not isinstance(array, np.ndarray) or array.ndim == 0:
        return array
    if order in ("after", "before") and array.dtype != object:
        return guarded(array, before=order == "before")
    if order == "F":
        return np.asfortranarray(array)
    if order == "reversed":
        back = (slice(None, None, -1),) * array.ndim
        return array[back].copy()[back]
    if order == "sliced":
        big = np.zeros([2 * n for n in array.shape], array.dtype)
        view = big[(slice(None, None, 2),) * array.ndim]
        view[...] = array
        return view
    if order == "read-only":
        array.flags.writeable = False
    if order == "broadcast":
        return np.broadcast_to(array[:1], array.shape) if array.size else array
    if order == "unaligned" and array.dtype != object:
        raw = np.zeros(array.nbytes + 1, np.uint8)
        view = raw[1:].view(array.dtype).reshape(array.shape)
        view[...] = array
        return view
    return array


@st.composite
def arrays(draw, shape=SHAPES):
    """Any shape, any dtype, any memory order, sometimes with NaN and infinities."""
    values = np.random.default_rng(draw(st.integers(0, 99))).standard_normal(draw(shape))
    if values.size and draw(st.integers(0, 5)) == 0:
        values.reshape(-1)[0] = draw(st.sampled_from([np.nan, np.inf, -np.inf, -0.0]))
    with np.errstate(all="ignore"):
        return values.astype(draw(st.sampled_from(DTYPES)))


JUNK = (
    arrays()
    | NUMBERS
    | st.lists(NUMBERS, max_size=5)
    | st.tuples(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
    | st.sampled_from(
        ["SAME", "VALID", "same", "NCHW", "CHWN", "NHWW", "", b"SAME", {}, np.array([1, 2]), np.array("SAME")]
    )
    | SHAPES
)


@st.composite
def calls(draw):
    """(operation, arguments, options): a call that is right, with up to two things spoilt, in any memory order."""
    geometry = draw(geometries(pool=draw(st.booleans())))
    P, Q = geometry.outputs
    M, H, W, C, K, R, S = (
        geometry.M,
        geometry.H,
        geometry.W,
        min(geometry.C, 20),
        min(geometry.K, 20),
        geometry.R,
        geometry.S,
    )
    rng = np.random.default_rng(geometry.seed)

    def make(*shape):
        return rng.standard_normal(shape).astype(geometry.dtype)

    x, w, delta = make(M, H, W, C), make(R, S, C, K), make(M, P, Q, K)
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    pool = {"ksize": (R, S), "strides": geometry.strides, "padding": geometry.padding}
    winner = rng.integers(0, 256, (M, P, Q, C)).astype(np.uint8)
    N = min(K, 4)
    grouped, from_groups = make(R, S, C, N), make(M, P, Q, C * N)
    operation, arguments, options = draw(
        st.sampled_from(
            [
                ("conv2d", [x, w], rule),
                ("conv2d", [x, w], rule | {"bias": make(K), "relu": True}),
                ("conv2d_grad_input", [delta, w, x.shape], rule),
                ("conv2d_grad_filter", [x, delta, w.shape], rule),
                ("conv2d_transpose", [delta, w], rule),
                ("conv2d_transpose_grad_input", [x, w], rule),
                ("conv2d_transpose_grad_filter", [delta, x, w.shape], rule),
                ("depthwise_conv2d", [x, grouped], rule),
                (
                    "depthwise_conv2d_grad_input",
                    [from_groups, grouped, x.shape],
                    rule,
                ),
                ("depthwise_conv2d_grad_filter", [x, from_groups, grouped.shape], rule),
                ("max_pool2d_with_winner", [x], pool),
                ("max_pool2d_grad", [make(M, P, Q, C), winner, x.shape], pool),
                ("avg_pool2d", [x], pool),
                ("avg_pool2d_grad", [make(M, P, Q, C), x.shape], pool),
                ("dense", [make(M, C), make(C, K)], {}),
                ("dense", [make(M, C), make(C, K)], {"bias": make(K), "relu": True}),
                ("dense_grad_input", [make(M, K), make(C, K)], {}),
                ("dense_grad_weight", [make(M, C), make(M, K)], {}),
                ("bias_relu_grad", [x, make(M, H, W, C)], {}),
                ("bias_grad", [x], {}),
                ("softmax_cross_entropy", [make(M, K), rng.integers(0, K, M)], {}),
            ]
        )
    )
    options = dict(options)
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        spoilt = draw(st.sampled_from([*range(len(arguments)), *options, "out", "data_format"]))
        if isinstance(spoilt, int):
            arguments[spoilt] = draw(JUNK)
        elif spoilt != "out" or operation != "bias_grad":
            options[spoilt] = draw(JUNK)
    orders = [draw(st.sampled_from(ORDERS)) for _ in arguments]
    return operation, arguments, options, orders


COUNTS = {"calls": 0, "results": 0, "refusals": 0}


def one_call(call):
    from chainrule import ops
    from chainrule.errors import ChainruleError

    operation, arguments, options, orders = call
    NOTE.write_bytes(pickle.dumps(call))
    prepared = [ordered(*pair) for pair in zip(arguments, orders, strict=True)]
    COUNTS["calls"] += 1
    try:
        getattr(ops, operation)(*prepared, **options)
        COUNTS["results"] += 1
    except (ChainruleError, MemoryError):
        COUNTS["refusals"] += 1
    except TypeError as error:
        if "unexpected keyword" not in str(error):  # dense takes no data_format, and need not
            raise
        COUNTS["refusals"] += 1


def child(minutes):
    resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30,) * 2)  # an enormous result is a MemoryError, not a full machine
    end = time.monotonic() + 60 * minutes
    for number in itertools.count():
        if time.monotonic() > end:
            break

        @seed(number)
        @settings(
            max_examples=300,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(calls())
        def run(call):
            if time.monotonic() < end:
                one_call(call)

        try:
            run()
        except Exception:
            traceback.print_exc()
            return 1
    sys.stdout.write("{calls} calls: {results} results, {refusals} refusals\n".format(**COUNTS))
    return 0


def main(minutes):
    NOTE.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-W", "error::RuntimeWarning", __file__, "--child", str(minutes)]
    status = subprocess.run(command, check=False).returncode
    if status:
        how = f"was killed by signal {-status}" if status < 0 else "found an error of another kind"
        sys.stdout.write(f"the child {how}; its last call is in {NOTE} (pickle)\n")
    return int(status != 0)


if __name__ == "__main__":
    sys.exit(child(float(sys.argv[2])) if sys.argv[1] == "--child" else main(float(sys.argv[1])))
