"""Any memory order gives the same values; whatever does not fit is refused with got, expected, and how to fix it."""

import itertools

import numpy as np
import pytest
from chainrule import ops
from chainrule.errors import DTypeError, ParameterError, ShapeError

RNG = np.random.default_rng(5)
X, W = RNG.standard_normal((2, 6, 5, 3)), RNG.standard_normal((3, 2, 3, 4))
DELTA = RNG.standard_normal((2, 4, 4, 4))


def fortran(a):
    return np.asfortranarray(a)


def read_only(a):
    b = a.copy()
    b.flags.writeable = False
    return b


def sliced(a):
    big = np.full([2 * n + 1 for n in a.shape], np.nan)
    view = big[tuple(slice(1, None, 2) for _ in a.shape)]
    view[...] = a
    return view


def reversed_(a):
    axes = (slice(None, None, -1),) * a.ndim
    return a[axes].copy()[axes]


def transposed(a):
    return np.ascontiguousarray(a.T).T


def unaligned(a):
    raw = np.zeros(a.nbytes + 1, np.uint8)
    view = raw[1:].view(a.dtype).reshape(a.shape)
    view[...] = a
    return view


class Subclass(np.ndarray):
    pass


def subclass(a):
    return a.view(Subclass)


ORDERS = [fortran, read_only, sliced, reversed_, transposed, unaligned, subclass]


@pytest.mark.parametrize("order", ORDERS, ids=lambda f: f.__name__)
def test_any_memory_order(order):
    out, winner = ops.max_pool2d_with_winner(X, 2)
    calls = [
        (ops.conv2d, (X, W)),
        (ops.conv2d_grad_input, (DELTA, W, X.shape)),
        (ops.conv2d_grad_filter, (X, DELTA, W.shape)),
        (ops.depthwise_conv2d, (X, W)),
        (ops.max_pool2d, (X, 2)),
        (ops.max_pool2d_grad, (out, winner, X.shape, 2)),
        (ops.avg_pool2d, (X, (3, 2))),
        (ops.avg_pool2d_grad, (out, X.shape, 2)),
        (ops.dense, (X[0, 0], W[0, 0])),
        (ops.bias_relu_grad, (X, -X)),
        (ops.softmax_cross_entropy, (X[0, 0], np.array([0, 1, 2, 0, 1]))),
    ]
    for operation, arguments in calls:
        other = [order(a) if isinstance(a, np.ndarray) and a.dtype == float else a for a in arguments]
        before = [np.array(a) for a in other]
        for got, expected in zip(*(np.atleast_1d(*r) if isinstance(r, tuple) else [r] for r in (
            operation(*other), operation(*arguments)
        )), strict=True):  # fmt: skip
            assert type(got) is np.ndarray
            assert np.array_equal(got, expected), operation.__name__
        assert all(np.array_equal(a, b) for a, b in zip(other, before, strict=True)), "an argument was changed"


@pytest.mark.parametrize("layout", ["".join(p) for p in itertools.permutations("NHWC")])
def test_every_layout_is_nhwc_in_another_order(layout):
    axes = ["NHWC".index(letter) for letter in layout]
    x, delta = X.transpose(axes), DELTA.transpose(axes)
    options = {"strides": (1, 1), "data_format": layout}
    z = ops.conv2d(x, W, **options)
    assert np.array_equal(z, ops.conv2d(X, W).transpose(axes))
    assert np.array_equal(
        ops.conv2d_grad_input(delta, W, x.shape, **options), ops.conv2d_grad_input(DELTA, W, X.shape).transpose(axes)
    )
    assert np.array_equal(
        ops.conv2d_grad_filter(x, delta, W.shape, **options), ops.conv2d_grad_filter(X, DELTA, W.shape)
    )
    back = ops.conv2d_transpose(delta, W, padding="VALID", **options)
    assert np.array_equal(back, ops.conv2d_transpose(DELTA, W, padding="VALID").transpose(axes))
    steps = tuple((1, 2, 3, 1)["NHWC".index(letter)] for letter in layout)
    out, winner = ops.max_pool2d_with_winner(x, 2, steps, "SAME", data_format=layout)
    expected, expected_winner = ops.max_pool2d_with_winner(X, 2, (2, 3), "SAME")
    assert np.array_equal(out, expected.transpose(axes))
    assert np.array_equal(winner, expected_winner.transpose(axes))
    dx = ops.max_pool2d_grad(out, winner, x.shape, 2, steps, "SAME", data_format=layout)
    assert np.array_equal(
        dx, ops.max_pool2d_grad(expected, expected_winner, X.shape, 2, (2, 3), "SAME").transpose(axes)
    )


def test_out_is_filled_and_returned_whatever_its_memory_order():
    expected = ops.conv2d(X, W)
    for make in (np.empty_like, lambda a: fortran(np.empty_like(a)), lambda a: np.empty((*a.shape, 2))[..., 0]):
        out = make(expected)
        assert ops.conv2d(X, W, out=out) is out
        assert np.array_equal(out, expected)
    nchw = np.empty(expected.transpose(0, 3, 1, 2).shape)
    assert ops.conv2d(X.transpose(0, 3, 1, 2), W, data_format="NCHW", out=nchw) is nchw
    assert np.array_equal(nchw, expected.transpose(0, 3, 1, 2))


def test_an_out_that_shares_memory_with_an_input_does_not_spoil_it():
    x = RNG.standard_normal((1, 5, 5, 4))
    w = RNG.standard_normal((3, 3, 4, 4))
    expected = ops.conv2d(x, w, padding="SAME")
    assert np.array_equal(ops.conv2d(x, w, padding="SAME", out=x), expected)
    for start in (5, 100):  # over x, over the bias
        memory = RNG.standard_normal(200)
        x, bias, out = memory[:100].reshape(10, 10), memory[130:140], memory[start : start + 100].reshape(10, 10)
        expected = x + bias
        assert np.array_equal(ops.dense(x, np.eye(10), bias=bias, out=out), expected)


def test_a_large_result_begins_with_a_cache_line():
    for rows in range(16, 24):  # NumPy's own arrays begin 16 bytes after one
        assert ops.dense(np.zeros((rows, 1)), np.ones((1, 1000))).ctypes.data % 64 == 0


@pytest.mark.parametrize("keep", [lambda z: z, lambda z: z[0], lambda z: z.T[::2, 1:]])
def test_a_large_result_lasts_as_long_as_anybody_holds_a_part_of_it(keep):
    """Memory of results that nobody refers to any more is used again."""
    ones, held, copies = np.ones((64, 1)), [], []
    for number in range(20):
        held.append(keep(ops.dense(ones, np.full((1, 128), float(number)))))
        copies.append(held[-1].copy())
    assert all(np.array_equal(part, copy) for part, copy in zip(held, copies, strict=True))


def test_two_threads_of_python_do_not_share_their_scratch_memory():
    from concurrent.futures import ThreadPoolExecutor

    def work(seed):
        rng = np.random.default_rng(seed)
        x, w = rng.standard_normal((3, 9, 9, 5)), rng.standard_normal((3, 3, 5, 6))
        return [ops.conv2d(x, w, padding="SAME") for _ in range(20)]

    alone = [work(seed)[0] for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for results, expected in zip(pool.map(work, range(4)), alone, strict=True):
            assert all(np.array_equal(r, expected) for r in results)


x32, integers = X.astype(np.float32), np.ones((2, 6, 5, 3), int)
OUT, WINNER = ops.max_pool2d_with_winner(X, 2)
REFUSED = {
    "a list": (DTypeError, lambda: ops.conv2d(X.tolist(), W)),
    "integers": (DTypeError, lambda: ops.conv2d(integers, W)),
    "half precision": (DTypeError, lambda: ops.conv2d(X.astype(np.float16), W)),
    "complex numbers": (DTypeError, lambda: ops.conv2d(X.astype(complex), W)),
    "foreign byte order": (DTypeError, lambda: ops.conv2d(X.astype(">f8"), W)),
    "a masked array": (DTypeError, lambda: ops.conv2d(np.ma.array(X), W)),
    "two dtypes": (DTypeError, lambda: ops.conv2d(x32, W)),
    "three axes": (ShapeError, lambda: ops.conv2d(X[0], W)),
    "a filter with three axes": (ShapeError, lambda: ops.conv2d(X, W[0])),
    "other channels": (ShapeError, lambda: ops.conv2d(X, W[:, :, :2])),
    "no filter rows": (ShapeError, lambda: ops.conv2d(X, W[:0])),
    "no image rows": (ShapeError, lambda: ops.conv2d(X[:, :0], W, padding="SAME")),
    "a window that does not fit": (ShapeError, lambda: ops.conv2d(X[:, :2], W)),
    "dilation that does not fit": (ShapeError, lambda: ops.conv2d(X, W, dilations=3)),
    "stride 0": (ShapeError, lambda: ops.conv2d(X, W, strides=0)),
    "a broken stride": (ShapeError, lambda: ops.conv2d(X, W, strides=1.0)),
    "three strides": (ShapeError, lambda: ops.conv2d(X, W, strides=(1, 1, 1))),
    "a stride over the batch": (ShapeError, lambda: ops.conv2d(X, W, strides=(2, 1, 1, 1))),
    "a dilation over channels": (ShapeError, lambda: ops.conv2d(X, W, dilations=(1, 1, 1, 2))),
    "an unknown padding": (ShapeError, lambda: ops.conv2d(X, W, padding="FULL")),
    "negative padding": (ShapeError, lambda: ops.conv2d(X, W, padding=((-1, 0), (0, 0)))),
    "padding of four axes": (ShapeError, lambda: ops.conv2d(X, W, padding=((0, 0), (1, 1), (1, 1), (0, 0)))),
    "no padding at all": (ShapeError, lambda: ops.conv2d(X, W, padding=None)),
    "an unknown layout": (ShapeError, lambda: ops.conv2d(X, W, data_format="NHWD")),
    "a layout that is no word": (ShapeError, lambda: ops.conv2d(X, W, data_format=["N", "H", "W", "C"])),
    "another delta": (ShapeError, lambda: ops.conv2d_grad_input(DELTA[:, 1:], W, X.shape)),
    "another batch": (ShapeError, lambda: ops.conv2d_grad_filter(X[:1], DELTA, W.shape)),
    "a shape with three sizes": (ShapeError, lambda: ops.conv2d_grad_input(DELTA, W, X.shape[1:])),
    "a shape with a negative size": (ShapeError, lambda: ops.conv2d_grad_input(DELTA, W, (-2, 6, 5, 3))),
    "a shape beyond any memory": (ShapeError, lambda: ops.conv2d_grad_input(DELTA, W, (2**40, 2**40, 5, 3))),
    "a filter shape with other channels": (ShapeError, lambda: ops.conv2d_grad_filter(X, DELTA, (3, 2, 2, 4))),
    "a transposed shape that does not fit": (ShapeError, lambda: ops.conv2d_transpose(DELTA, W, (2, 9, 9, 3))),
    "a depthwise filter with other channels": (ShapeError, lambda: ops.depthwise_conv2d(X, W[:, :, :2])),
    "out of another shape": (ShapeError, lambda: ops.conv2d(X, W, out=np.empty((2, 4, 4, 3)))),
    "out of another dtype": (DTypeError, lambda: ops.conv2d(X, W, out=np.empty((2, 4, 4, 4), np.float32))),
    "out that cannot be written": (DTypeError, lambda: ops.conv2d(X, W, out=read_only(np.empty((2, 4, 4, 4))))),
    "pool padding as wide as the window": (ShapeError, lambda: ops.max_pool2d(X, 2, 1, ((2, 0), (0, 0)))),
    "a pool that does not fit": (ShapeError, lambda: ops.avg_pool2d(X, 7)),
    "winners of another dtype": (DTypeError, lambda: ops.max_pool2d_grad(OUT, WINNER.astype(int), X.shape, 2)),
    "winners of another shape": (ShapeError, lambda: ops.max_pool2d_grad(OUT, WINNER[:1], X.shape, 2)),
    "a word for a flag": (ParameterError, lambda: ops.conv2d(X, W, relu="relu")),
    "an array of flags": (ParameterError, lambda: ops.dense(X[0, 0], W[0, 0], relu=np.array([True, False]))),
    "a bias too long": (ShapeError, lambda: ops.conv2d(X, W, bias=np.zeros(5))),
    "a bias with two axes": (ShapeError, lambda: ops.dense(X[0, 0], W[0, 0], bias=np.zeros((1, 4)))),
    "a bias of another dtype": (DTypeError, lambda: ops.conv2d(X, W, bias=np.zeros(4, np.float32))),
    "matrices that do not fit": (ShapeError, lambda: ops.dense(X[0, 0], W[0])),
    "labels without a column": (ShapeError, lambda: ops.softmax_cross_entropy(OUT[0, 0], np.array([0, 3]))),
    "negative labels": (ShapeError, lambda: ops.softmax_cross_entropy(OUT[0, 0], np.array([0, -1]))),
    "too few labels": (ShapeError, lambda: ops.softmax_cross_entropy(OUT[0, 0], np.array([0]))),
    "labels that are words": (DTypeError, lambda: ops.softmax_cross_entropy(OUT[0, 0], np.array(["a", "b"]))),
    "no logits": (ShapeError, lambda: ops.softmax_cross_entropy(OUT[0, 0][:, :0], np.array([0, 0]))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_got_expected_and_a_fix(name):
    error, call = REFUSED[name]
    with pytest.raises(error, match=r"(?s): got .*, expected .*\. To fix it: .+\."):
        call()


def test_a_refusal_does_not_depend_on_what_was_asked_before():
    ops.conv2d(X, W, strides=1)
    with pytest.raises(ShapeError, match="strides"):
        ops.conv2d(X, W, strides=1.0)


def test_winners_that_point_outside_of_their_window_get_nothing():
    wild = np.full_like(WINNER, 255)
    assert not ops.max_pool2d_grad(OUT, wild, X.shape, 2).any()
