"""Freeze what TensorFlow computes and says: `make frozen` runs this in an environment of its own.

Each block of text `NAME = \"\"\" ... \"\"\"` of tf-conv.py is written anew: a first line with the version and the date, then
one paragraph for each case, its arguments with "|" between them, and what came of it. Inputs are whole numbers that
`tensorflow_cases` of the notebook draws again, so that the results are exact in any floating type. A block whose values
are the same as before keeps its date.

TensorFlow 2.21 has no NCHW on a CPU, for none of the three functions. Those cases are computed as NHWC; the input and the
result are transposed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill

import numpy as np
import tensorflow as tf

SOURCE = Path(__file__).with_name("tf-conv.py")
PLACE = {"NHWC": (0, 1, 2, 3), "NCHW": (0, 3, 1, 2)}
VISIBLE = [
    # H W, R S, strides, padding, layout, dilations; always M = 1, C = 1, K = 1
    (4, 5, 3, 2, 1, 1, "SAME", "NHWC", 1, 1),
    (4, 5, 3, 2, 2, 2, "SAME", "NHWC", 1, 1),
    (5, 6, 2, 3, 2, 1, "VALID", "NHWC", 1, 1),
    (5, 4, 3, 3, 1, 1, "SAME", "NCHW", 1, 2),
]
CONVOLUTIONS = [
    # M, H, W, C, R, S, K, strides, padding, layout, dilations
    (2, 4, 5, 2, 3, 2, 1, 1, 1, "SAME", "NHWC", 1, 1),
    (1, 5, 4, 2, 2, 3, 2, 1, 1, "SAME", "NHWC", 1, 1),
    (1, 4, 6, 1, 4, 2, 2, 1, 1, "SAME", "NHWC", 1, 1),
    (1, 2, 3, 3, 5, 4, 2, 1, 1, "SAME", "NHWC", 1, 1),
    (2, 1, 6, 2, 1, 4, 2, 1, 1, "SAME", "NHWC", 1, 1),
    (1, 6, 7, 2, 3, 3, 3, 2, 2, "SAME", "NHWC", 1, 1),
    (1, 7, 6, 2, 3, 3, 3, 2, 2, "SAME", "NHWC", 1, 1),
    (2, 6, 8, 1, 2, 3, 2, 2, 3, "SAME", "NHWC", 1, 1),
    (2, 7, 9, 3, 4, 5, 2, 3, 2, "SAME", "NHWC", 1, 1),
    (1, 8, 7, 2, 5, 4, 2, 3, 2, "SAME", "NHWC", 1, 1),
    (2, 7, 5, 2, 1, 2, 3, 3, 2, "SAME", "NHWC", 1, 1),
    (1, 9, 8, 3, 1, 1, 2, 4, 3, "SAME", "NHWC", 1, 1),
    (2, 6, 5, 1, 2, 2, 3, 4, 1, "SAME", "NHWC", 1, 1),
    (2, 4, 5, 3, 3, 2, 3, 1, 1, "VALID", "NHWC", 1, 1),
    (1, 6, 5, 2, 2, 4, 4, 1, 1, "VALID", "NHWC", 1, 1),
    (2, 8, 7, 2, 3, 2, 2, 2, 3, "VALID", "NHWC", 1, 1),
    (1, 9, 11, 3, 3, 2, 2, 3, 2, "VALID", "NHWC", 1, 1),
    (2, 7, 6, 1, 2, 1, 3, 3, 4, "VALID", "NHWC", 1, 1),
    (3, 3, 4, 2, 3, 4, 2, 1, 1, "VALID", "NHWC", 1, 1),
    (2, 7, 6, 2, 3, 2, 1, 1, 1, "SAME", "NHWC", 2, 3),
    (1, 6, 8, 1, 2, 3, 2, 1, 1, "SAME", "NHWC", 3, 2),
    (1, 7, 9, 2, 3, 2, 2, 2, 1, "SAME", "NHWC", 1, 3),
    (1, 8, 7, 2, 2, 3, 3, 2, 2, "SAME", "NHWC", 2, 2),
    (2, 7, 8, 2, 3, 2, 2, 1, 1, "VALID", "NHWC", 2, 3),
    (1, 9, 10, 1, 2, 3, 2, 2, 3, "VALID", "NHWC", 4, 2),
    (2, 4, 5, 3, 3, 2, 2, 1, 1, "SAME", "NCHW", 1, 1),
    (1, 6, 5, 2, 3, 4, 3, 2, 1, "SAME", "NCHW", 1, 1),
    (2, 7, 8, 2, 2, 3, 3, 3, 2, "VALID", "NCHW", 1, 1),
    (1, 7, 6, 4, 3, 2, 2, 1, 1, "VALID", "NCHW", 2, 3),
    (2, 6, 7, 2, 2, 3, 1, 1, 2, "SAME", "NCHW", 2, 1),
]
TRANSPOSED = [
    # M, H, W, C of the result, R, S, K, strides, padding
    (1, 3, 4, 2, 2, 3, 1, 1, 1, "VALID"),
    (2, 4, 3, 2, 3, 2, 3, 1, 1, "VALID"),
    (1, 5, 7, 2, 3, 2, 1, 2, 3, "VALID"),
    (1, 6, 8, 2, 3, 2, 3, 2, 3, "VALID"),
    (2, 7, 4, 1, 4, 3, 2, 3, 1, "VALID"),
    (1, 8, 5, 3, 1, 2, 2, 3, 2, "VALID"),
    (1, 9, 7, 1, 2, 2, 2, 3, 4, "VALID"),
    (3, 3, 2, 2, 3, 2, 2, 1, 1, "VALID"),
    (2, 2, 5, 1, 2, 3, 4, 2, 2, "VALID"),
    (1, 4, 5, 2, 3, 2, 2, 1, 1, "SAME"),
    (2, 5, 3, 1, 2, 4, 2, 1, 1, "SAME"),
    (1, 5, 6, 2, 3, 3, 3, 2, 2, "SAME"),
    (1, 6, 5, 2, 3, 3, 3, 2, 2, "SAME"),
    (2, 6, 4, 1, 4, 3, 2, 2, 3, "SAME"),
    (1, 7, 8, 1, 2, 5, 2, 3, 2, "SAME"),
    (1, 8, 7, 2, 5, 2, 1, 3, 3, "SAME"),
    (2, 7, 5, 1, 1, 2, 3, 3, 2, "SAME"),
    (1, 9, 6, 1, 2, 1, 2, 4, 3, "SAME"),
    (1, 2, 3, 3, 4, 5, 2, 1, 2, "SAME"),
    (2, 1, 6, 2, 1, 3, 2, 1, 2, "SAME"),
]
POOLS = [
    # M, H, W, C, window, strides, padding
    (1, 4, 6, 2, 2, 2, 2, 2, "VALID"),
    (2, 7, 5, 1, 2, 2, 2, 2, "VALID"),
    (1, 5, 6, 3, 3, 2, 1, 1, "VALID"),
    (2, 6, 8, 2, 2, 3, 3, 2, "VALID"),
    (1, 8, 7, 2, 3, 1, 2, 4, "VALID"),
    (2, 4, 3, 3, 4, 3, 1, 1, "VALID"),
    (1, 9, 7, 2, 2, 2, 3, 4, "VALID"),
    (1, 4, 5, 2, 2, 3, 1, 1, "SAME"),
    (2, 4, 5, 2, 2, 2, 2, 2, "SAME"),
    (2, 5, 4, 2, 2, 2, 2, 2, "SAME"),
    (1, 6, 7, 3, 3, 3, 2, 2, "SAME"),
    (1, 7, 6, 3, 3, 3, 2, 2, "SAME"),
    (2, 7, 8, 1, 4, 3, 3, 2, "SAME"),
    (1, 8, 7, 2, 5, 4, 3, 2, "SAME"),
    (2, 7, 5, 2, 1, 2, 3, 2, "SAME"),
    (1, 9, 8, 2, 1, 2, 4, 3, "SAME"),
    (2, 2, 3, 2, 5, 4, 1, 1, "SAME"),
    (2, 1, 6, 2, 1, 4, 1, 1, "SAME"),
    (1, 5, 6, 1, 4, 5, 2, 1, "SAME"),
    (3, 3, 2, 2, 3, 2, 1, 1, "SAME"),
]
PADDINGS = [
    # n, k, stride, dilation
    (5, 3, 1, 1), (5, 2, 1, 1), (6, 4, 1, 1), (2, 5, 1, 1), (7, 1, 1, 1),
    (6, 3, 2, 1), (7, 3, 2, 1), (6, 2, 2, 1), (7, 2, 2, 1), (8, 5, 3, 1), (9, 5, 3, 1), (10, 5, 3, 1), (8, 4, 3, 1),
    (7, 1, 3, 1), (9, 1, 4, 1), (10, 2, 5, 1), (1, 4, 2, 1),
    (7, 3, 1, 2), (8, 2, 1, 3), (9, 4, 1, 2), (10, 3, 2, 3), (11, 3, 2, 3), (9, 2, 4, 2), (28, 5, 1, 4), (224, 7, 2, 1),
]  # fmt: skip
WIRES = [
    # n, k, stride, padding
    (4, 3, 1, "SAME"), (5, 2, 1, "SAME"), (6, 3, 2, "SAME"), (7, 4, 3, "SAME"), (9, 5, 3, "SAME"), (8, 6, 4, "SAME"),
    (5, 1, 2, "SAME"), (2, 5, 1, "SAME"), (5, 3, 1, "VALID"), (8, 3, 2, "VALID"), (7, 2, 3, "VALID"), (3, 3, 1, "VALID"),
]  # fmt: skip
SHAPES = [
    # M, H, W, C, R, S, K, strides, padding, layout
    (2, 28, 26, 1, 5, 4, 6, 1, 1, "SAME", "NHWC"),
    (2, 28, 26, 1, 5, 4, 6, 1, 1, "VALID", "NHWC"),
    (1, 32, 25, 3, 3, 3, 4, 2, 2, "SAME", "NHWC"),
    (1, 32, 25, 3, 3, 3, 4, 2, 2, "VALID", "NHWC"),
    (3, 11, 14, 2, 4, 3, 5, 3, 2, "SAME", "NHWC"),
    (3, 11, 14, 2, 4, 3, 5, 3, 2, "VALID", "NHWC"),
    (2, 12, 7, 3, 2, 2, 4, 5, 3, "SAME", "NHWC"),
    (2, 12, 7, 3, 2, 2, 4, 5, 3, "VALID", "NHWC"),
    (1, 4, 3, 2, 6, 5, 3, 1, 2, "SAME", "NHWC"),
    (4, 6, 5, 3, 6, 5, 2, 2, 2, "VALID", "NHWC"),
    (2, 13, 10, 3, 3, 2, 5, 2, 3, "SAME", "NCHW"),
    (2, 13, 10, 3, 3, 2, 5, 2, 3, "VALID", "NCHW"),
]
SAME = [(n, s) for s in (1, 2, 3, 4) for n in (5, 6, 7, 8)]
CALLS = [
    # strides, padding, data_format and what else was passed, for an input (2, 5, 6, 3) and a filter (3, 2, 3, 4)
    ("(1, 1, 1, 1)", "SAME", "NHWC", ""),
    ("(1, 2, 2, 1)", "SAME", "NHWC", ""),
    ("(1, 2, 2, 1)", "VALID", "NHWC", ""),
    ("(1, 2, 3, 1)", "VALID", "NHWC", ""),
    ("(2, 1, 1, 1)", "SAME", "NHWC", ""),
    ("(1, 1, 1, 3)", "SAME", "NHWC", ""),
    ("(1, 1, 1, 1)", "same", "NHWC", ""),
    ("(1, 1, 1, 1)", "FULL", "NHWC", ""),
    ("(1, 1, 1, 1)", "SAME", "NWHC", ""),
    ("(1, 1, 1, 1)", "SAME", "NHWC", "use_cudnn_on_gpu=True"),
]


def convolution(M, H, W, C, R, S, K, v, h, padding, layout, down, across, rng) -> str:
    x = whole(rng, at(layout, M, H, W, C))
    w = whole(rng, (R, S, C, K))
    images = x.transpose(np.argsort(PLACE[layout]))
    z = tf.nn.conv2d(images, w, [1, v, h, 1], padding, dilations=[1, down, across, 1]).numpy().transpose(PLACE[layout])
    strides, dilations = at(layout, 1, v, h, 1), at(layout, 1, down, across, 1)
    return case(z, x.shape, w.shape, strides, padding, layout, dilations)


def transposed(M, H, W, C, R, S, K, v, h, padding, rng) -> str:
    P, Q = tf.nn.conv2d(np.zeros((1, H, W, 1)), np.zeros((R, S, 1, 1)), [1, v, h, 1], padding).shape[1:3]
    y, w = whole(rng, (M, P, Q, K)), whole(rng, (R, S, C, K))
    x = tf.nn.conv2d_transpose(y, w, [M, H, W, C], [1, v, h, 1], padding).numpy()
    return case(x, y.shape, w.shape, x.shape, (1, v, h, 1), padding)


def pool(M, H, W, C, R, S, v, h, padding, rng) -> str:
    x = whole(rng, (M, H, W, C), -19, 2)  # hardly a window with a number above 0
    z = tf.nn.max_pool2d(x, [1, R, S, 1], [1, v, h, 1], padding).numpy()
    return case(z, x.shape, (1, R, S, 1), (1, v, h, 1), padding)


def zeros(n, k, stride, dilation) -> str:
    """Where "SAME" puts zeros: the tap r of a filter with a single 1 copies pixel p * stride + r * dilation - before."""
    pixels = np.arange(1.0, n + 1).reshape(1, n, 1, 1)
    taps = np.eye(k).reshape(k, 1, 1, k)
    z = tf.nn.conv2d(pixels, taps, [1, stride, 1, 1], "SAME", dilations=[1, dilation, 1, 1]).numpy()[0, :, 0]
    (before,) = {p * stride + r * dilation - int(z[p, r]) + 1 for p, r in np.argwhere(z)}
    reach = (len(z) - 1) * stride + (k - 1) * dilation + 1 - before
    return f"{n} | {k} | {stride} | {dilation} | {before} {max(reach - n, 0)}"


def wires(n, k, stride, padding) -> str:
    """Each pixel alone, through a filter with the entries 1, 2, ..., k: which entry, and 0 for none."""
    alone, taps = np.eye(n).reshape(n, n, 1, 1), np.arange(1.0, k + 1).reshape(k, 1, 1, 1)
    z = tf.nn.conv2d(alone, taps, [1, stride, 1, 1], padding).numpy()[:, :, 0, 0]
    return f"{n} | {k} | {stride} | {padding} | {numbers(z.shape)}\n{numbers(z.ravel() - 1)}"


def shape(M, H, W, C, R, S, K, v, h, padding, layout) -> str:
    z = tf.nn.conv2d(np.zeros((M, H, W, C)), np.zeros((R, S, C, K)), [1, v, h, 1], padding)
    shapes = (at(layout, M, H, W, C), (R, S, C, K), at(layout, 1, v, h, 1))
    return " | ".join([*map(numbers, shapes), padding, layout, numbers(at(layout, *z.shape))])


def size(n, stride) -> str:
    z = tf.nn.conv2d(np.zeros((1, n, 1, 1)), np.zeros((3, 1, 1, 1)), [1, stride, 1, 1], "SAME")
    return f"{n} {stride} {z.shape[1]}"


def said(strides, padding, data_format, extra) -> str:
    """The shape, or what TensorFlow says instead, in its own words up to the first line's end."""
    x, w = np.zeros((2, 5, 6, 3)), np.zeros((3, 2, 3, 4))
    options = {name: value == "True" for name, _, value in [extra.partition("=")] if name}
    steps = [int(step) for step in strides.strip("()").split(",")]
    try:
        outcome = str(tuple(tf.nn.conv2d(x, w, steps, padding, data_format, **options).shape))
    except (tf.errors.OpError, TypeError) as error:
        text = str(error).splitlines()[0].rpartition("}} ")[2].partition(" [Op")[0]
        outcome = f"{type(error).__name__}: {text}"
    return " | ".join([strides, padding, data_format, extra, outcome])


def whole(rng: np.random.RandomState, shape: tuple[int, ...], low: int = -9, high: int = 10) -> np.ndarray:
    return rng.randint(low, high, shape).astype(float)


def at(layout: str, *entries: int) -> tuple[int, ...]:
    return tuple(entries[axis] for axis in PLACE[layout])


def numbers(values) -> str:
    return " ".join(f"{int(value)}" for value in values)


def case(result: np.ndarray, *arguments) -> str:
    head = [argument if isinstance(argument, str) else numbers(argument) for argument in (*arguments, result.shape)]
    return " | ".join(head) + "\n" + fill(numbers(result.ravel()), width=118)


def blocks() -> Iterator[tuple[str, str]]:
    # RandomState's stream is the same in every version of NumPy; the notebook draws from it in the same order.
    yield "TENSORFLOW_SIZES", "\n".join(size(*row) for row in SAME)
    yield "TENSORFLOW_SAYS", "\n".join(said(*row) for row in CALLS)
    rng = np.random.RandomState(6)
    yield "SMALL_CONV2D", "\n\n".join(convolution(1, *row[:2], 1, *row[2:4], 1, *row[4:], rng) for row in VISIBLE)
    yield "FROZEN_PADDING", "\n".join(zeros(*row) for row in PADDINGS)
    yield "FROZEN_SHAPES", "\n".join(shape(*row) for row in SHAPES)
    yield "FROZEN_WIRES", "\n\n".join(wires(*row) for row in WIRES)
    for name, function, rows in (
        ("FROZEN_CONV2D", convolution, CONVOLUTIONS),
        ("FROZEN_TRANSPOSED", transposed, TRANSPOSED),
        ("FROZEN_POOL", pool, POOLS),
    ):
        rng = np.random.RandomState(6)
        yield name, "\n\n".join(function(*row, rng) for row in rows)


def main() -> None:
    source = before = SOURCE.read_text(encoding="utf-8")
    version = f"TensorFlow {tf.__version__}"
    for name, values in blocks():
        opening = f'{name} = """'
        head, found, rest = source.partition(opening)
        old, closed, tail = rest.partition('"""')
        if not found or not closed:
            raise SystemExit(f"{SOURCE.name} has no text {name}; write {name} = followed by an empty text")
        first, _, kept = old.partition("\n")
        if (first.split(",")[0], kept) != (version, values + "\n"):
            source = f'{head}{opening}{version}, {datetime.now(UTC):%Y-%m-%d}\n{values}\n"""{tail}'
    if source != before:
        SOURCE.with_suffix(".new").write_text(source, encoding="utf-8")
        SOURCE.with_suffix(".new").replace(SOURCE)
    print(f"{SOURCE.name}: {'written anew' if source != before else 'the same values as before'}")


if __name__ == "__main__":
    main()
