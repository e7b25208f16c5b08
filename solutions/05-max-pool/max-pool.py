# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# # 5. The max-pool layer

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 5. 最大池化层

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule import ops
from chainrule.check import Sheet, when_done
from chainrule.gradcheck import numerical_gradient


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "pool_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool_forward(a, pools):
    """The max-pool layer over any pools: the largest activation of each.

    a: (M, N), the activations of layer l - 1, a row for each sample.
    pools: a list of lists; pools[j] has the numbers (from 0) of the units in pool j, one at least.
    Returns the activations of layer l: (M, len(pools)).

    >>> pool_forward(np.array([[5.0, 1.0, 4.0], [-3.0, -2.0, -1.0]]), [[0, 2], [1]])
    array([[ 5.,  1.],
           [-1., -2.]])
    """
    ### BEGIN SOLUTION
    return np.stack([a[:, pool].max(axis=1) for pool in pools], axis=1)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-pool_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("pool_forward(a, pools) -> out", pool_forward, points=3)
sheet.values(
    "the notes' neuron 7 in two samples | 讲义的第 7 个神经元，两个样本",
    np.array([[9.0, 1.5, -2.0, 8.0, 0.5, 7.0, 6.0, 1.0], [0.0, -4.5, -2.5, 3.0, -3.0, 5.0, 1.0, -1.5]]),
    [[1, 2, 4, 7]],
    expect=[[1.5], [-1.5]],
)
sheet.values(
    "pools of several sizes that overlap | 大小不同、互相重叠的采样池",
    np.array([[4.0, -1.0, 3.0, 2.0], [-5.0, -2.0, -4.0, -3.0], [0.5, 2.5, 2.0, 1.0]]),
    [[0, 2], [3, 1, 2], [1]],
    expect=[[4.0, 3.0, -1.0], [-4.0, -2.0, -2.0], [2.0, 2.5, 2.5]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def by_membership(a, pools):
    """A table of who is in which pool; the others count as minus infinity."""
    member = np.array([[unit in pool for unit in range(a.shape[1])] for pool in pools])
    return np.where(member, a[:, None, :], -np.inf).max(axis=2)


sheet.values(
    "any batch, some units in no pool | 任意批量，有的单元不在任何池里",
    sheet.spaced(4, 9),
    [[8, 0, 3], [5], [1, 2, 3, 8], [7, 5]],
    expect=by_membership,
)
sheet.values(
    "one row, one pool of all units | 一行，一个池包含全部单元",
    sheet.spaced(1, 5),
    [[0, 1, 2, 3, 4]],
    expect=by_membership,
)
sheet.values(
    "all values negative | 所有值都为负",
    sheet.spaced(3, 7, low=-3.0, high=-0.5),
    [[6, 4], [0, 2, 5], [3, 1], [1, 6, 0, 5]],
    expect=by_membership,
)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "pool_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool_backward(delta, a, pools):
    """δ of layer l goes back to the winners of the pools; in a tie, to the one that its pool lists first.

    delta: (M, len(pools)), the gradient of the cost by the activations of layer l.
    a: (M, N), the activations of layer l - 1; pools: as in pool_forward.
    Returns the gradient of the cost by a: (M, N).

    >>> pool_backward(np.array([[10.0, 1.0]]), np.array([[5.0, 1.0, 4.0]]), [[0, 2], [1, 2]])
    array([[10.,  0.,  1.]])
    """
    ### BEGIN SOLUTION
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            winner = pool[np.argmax(a[m, pool])]
            da[m, winner] += delta[m, j]
    return da
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-pool_backward", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("pool_backward(delta, a, pools) -> da", pool_backward, points=6)


def cost(delta, a, pools):
    """What has the derivatives delta by the pools' maxima."""
    return sum(delta[m, j] * max(a[m, i] for i in pool) for j, pool in enumerate(pools) for m in range(len(a)))


sheet.values(
    "the notes' neuron 7 in two samples | 讲义的第 7 个神经元，两个样本",
    np.array([[2.5], [-4.0]]),
    np.array([[9.0, 1.5, -2.0, 8.0, 0.5, 7.0, 6.0, 1.0], [0.0, -4.5, -2.5, 3.0, -3.0, 5.0, 1.0, -1.5]]),
    [[1, 2, 4, 7]],
    expect=[[0.0, 2.5, 0, 0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0, 0, 0, -4.0]],
)
sheet.values(
    "one unit wins three pools | 一个单元赢了三个池",
    np.array([[1.0, 10.0, 100.0, 1000.0]]),
    np.array([[3.0, 7.0, 5.0, 4.0]]),
    [[0, 1], [1, 2], [2, 3], [3, 1, 0]],
    expect=[[0.0, 1011.0, 100.0, 0.0]],
)
sheet.values(
    "a tie goes to the unit listed first | 并列时归列在最前面的单元",
    np.array([[1.0, 10.0]]),
    np.array([[2.0, 2.0, 0.5, 2.0]]),
    [[0, 1, 2], [2, 3, 1]],
    expect=[[1.0, 0.0, 0.0, 10.0]],
)
sheet.gradient("gradient | 梯度", sheet.spaced(3, 2), sheet.spaced(3, 4), [[0, 1, 3], [1, 2]], of=cost)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.gradient(
    "gradient of any batch, some units in no pool | 任意批量的梯度，有的单元不在任何池里",
    sheet.spaced(4, 5),
    sheet.spaced(4, 9),
    [[8, 0, 3], [5], [1, 2, 3, 8], [7, 5], [3, 8, 0]],
    of=cost,
)
sheet.gradient(
    "gradient at negative values | 负值处的梯度",
    sheet.spaced(2, 3),
    sheet.spaced(2, 6, low=-3.0, high=-0.5),
    [[4, 2], [0, 2, 5, 1], [5, 3]],
    of=cost,
)
sheet.values(
    "a unit outside of the pool has the same value | 池外有一个单元，值恰好相同",
    np.array([[1.0, 10.0, 100.0]]),
    np.array([[6.0, 4.0, 6.0, 4.0, 6.0]]),
    [[2, 1], [3], [4, 3]],
    expect=[[0.0, 0.0, 1.0, 10.0, 100.0]],
)
sheet.values(
    "zeros after a ReLU | ReLU 之后的零",
    np.array([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]]),
    np.array([[0.0, 0.0, 0.0, 3.0, 0.0, 0.0], [0.0, 2.0, 0.0, 0.0, 2.0, 0.0]]),
    [[2, 0, 1], [5, 4, 3], [4, 5]],
    expect=[[0.0, 0.0, 1.0, 10.0, 100.0, 0.0], [0.0, 2.0, 0.0, 0.0, 220.0, 0.0]],
)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "max_pool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool(x, size, stride):
    """Max pooling over windows, each channel by itself, without padding.

    x: (M, H, W, C); size: (R, S), the window; stride: its steps. Both are pairs (vertical, horizontal).
    Returns out and winner, both (M, P, Q, C) with P = floor((H - R) / stride[0]) + 1, Q likewise:
    the largest value of each window, and which of its pixels has it, as the integer r · S + s for row r,
    column s of the window. In a tie the smallest of these numbers wins.

    >>> out, winner = max_pool(np.array([[3.0, 1.0, 2.0], [0.0, 4.0, 4.0]]).reshape(1, 2, 3, 1), (2, 2), (1, 1))
    >>> out.ravel(), winner.ravel()
    (array([4., 4.]), array([3, 2]))
    """
    ### BEGIN SOLUTION
    (R, S), (v, h) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    pixels = np.stack([x[:, r::v, s::h][:, :P, :Q] for r in range(R) for s in range(S)])
    return pixels.max(axis=0), pixels.argmax(axis=0)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-max_pool", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("max_pool(x, size, stride) -> out, winner", max_pool, points=6)
sheet.values(
    "2 × 2 windows side by side | 2 × 2 的窗口，互不重叠",
    np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0], [-1.0, -4.0, -7.0, -6.0], [-3.0, -2.0, -5.0, -9.0]])[
        None, :, :, None
    ],
    (2, 2),
    (2, 2),
    expect={
        "out": np.array([[5.0, 8.0], [-1.0, -5.0]])[None, :, :, None],
        "winner": np.array([[1, 2], [0, 2]])[None, :, :, None],
    },
)
wide = np.array([[1.0, 2.0, 9.0, 3.0, 4.0], [5.0, 6.0, 0.0, 7.0, 8.0], [2.0, 3.0, 1.0, 4.0, 5.0]])[None, :, :, None]
sheet.values(
    "wide windows that overlap: the maxima | 重叠的扁窗口：最大值",
    wide,
    (2, 3),
    (1, 2),
    expect={"out": np.array([[9.0, 9.0], [6.0, 8.0]])[None, :, :, None]},
)
sheet.values(
    "wide windows that overlap: the winners | 重叠的扁窗口：胜者",
    wide,
    (2, 3),
    (1, 2),
    expect={"winner": np.array([[2, 0], [1, 2]])[None, :, :, None]},
)
sheet.values(
    "each channel by itself | 每个通道各算各的",
    np.array([[[1.0, -4.0], [2.0, -3.0]], [[0.0, -2.0], [-1.0, -6.0]]])[None],
    (2, 2),
    (1, 1),
    expect={"out": [[[[2.0, -2.0]]]], "winner": [[[[1, 2]]]]},
)
sheet.values(
    "in a tie the first wins | 并列时第一个获胜",
    np.array([[0.0, 0.0, 3.0], [0.0, 3.0, 1.0], [0.0, 3.0, 3.0]])[None, :, :, None],
    (2, 2),
    (1, 1),
    expect={"winner": np.array([[3, 1], [1, 0]])[None, :, :, None]},
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def by_sorting(x, size, stride):
    """The windows as a view, each sorted; a stable sort keeps ties in order."""
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    flat = windows.reshape(*windows.shape[:4], -1)
    winner = np.argsort(-flat, axis=-1, kind="stable")[..., 0]
    return {"winner": winner, "out": np.take_along_axis(flat, winner[..., None], axis=-1)[..., 0]}


FROZEN_OUT = np.array(
    """
    1 1 -1 1 1 1 -1 1 1 1 1 1 0 1 1 1 1 1 1 1 1 1 1 1
    """.split(),  # noqa: SIM905
    float,
).reshape(2, 2, 3, 2)
FROZEN_WINNER = np.array(
    """
    2 0 1 2 3 4 1 4 5 1 3 0 4 1 3 0 2 0 3 4 2 1 4 0
    """.split(),  # noqa: SIM905
    int,
).reshape(2, 2, 3, 2)
sheet.values(
    "values and winners of PyTorch 2.13, many ties | PyTorch 2.13 的值和胜者，有许多并列",
    np.round(1.5 * np.sin(np.arange(80.0) ** 2) - 0.6).reshape(2, 5, 4, 2),
    (3, 2),
    (2, 1),
    expect={"out": FROZEN_OUT, "winner": FROZEN_WINNER},
)
sheet.values(
    "three images, leftover rows and columns | 三张图，有剩余的行和列",
    sheet.spaced(3, 8, 7, 2),
    (3, 2),
    (2, 3),
    expect=by_sorting,
)
sheet.values(
    "strides larger than the window, all negative | 步长大于窗口，值全为负",
    sheet.spaced(2, 7, 9, 3, low=-3.0, high=-0.5),
    (1, 2),
    (3, 4),
    expect=by_sorting,
)
sheet.values(
    "a window of the image's size | 窗口与图像一样大", sheet.spaced(2, 3, 4, 2), (3, 4), (1, 1), expect=by_sorting
)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "max_pool_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool_backward(delta, winner, x_shape, size, stride):
    """δ goes back to the pixel that won each window; where windows overlap, a pixel's δ add up.

    delta, winner: (M, P, Q, C), the gradient by the maxima, and the winners as max_pool returns them.
    x_shape: (M, H, W, C), the shape of the input; size, stride: as in max_pool.
    Returns the gradient by the input: an array of x_shape.

    >>> delta, winner = np.array([10.0, 1.0]).reshape(1, 1, 2, 1), np.array([3, 2]).reshape(1, 1, 2, 1)
    >>> max_pool_backward(delta, winner, (1, 2, 3, 1), (2, 2), (1, 1))[0, :, :, 0]
    array([[ 0.,  0.,  0.],
           [ 0., 11.,  0.]])
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x_shape)
    for m, p, q, c in np.ndindex(delta.shape):
        r, s = divmod(winner[m, p, q, c], size[1])
        dx[m, p * stride[0] + r, q * stride[1] + s, c] += delta[m, p, q, c]
    return dx
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-max_pool_backward", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("max_pool_backward(delta, winner, x_shape, size, stride) -> dx", max_pool_backward, points=6)
sheet.values(
    "2 × 2 windows side by side | 2 × 2 的窗口，互不重叠",
    np.array([[1.0, 2.0], [3.0, 4.0]])[None, :, :, None],
    np.array([[1, 2], [0, 3]])[None, :, :, None],
    (1, 4, 4, 1),
    (2, 2),
    (2, 2),
    expect=np.array([[0.0, 1, 0, 0], [0, 0, 2, 0], [3, 0, 0, 0], [0, 0, 0, 4]])[None, :, :, None],
)
sheet.values(
    "wide windows that overlap | 重叠的扁窗口",
    np.array([[1.0, 10.0], [100.0, 1000.0]])[None, :, :, None],
    np.array([[2, 0], [1, 2]])[None, :, :, None],
    (1, 3, 5, 1),
    (2, 3),
    (1, 2),
    expect=np.array([[0.0, 0, 11, 0, 0], [0, 100, 0, 0, 1000], [0, 0, 0, 0, 0]])[None, :, :, None],
)
delta, x = sheet.spaced(2, 2, 3, 2), sheet.spaced(2, 4, 4, 2)
sheet.values(
    "winners of two images with two channels | 两张图、两个通道的胜者",
    delta,
    ops.max_pool2d_with_winner(x, (2, 2), (2, 1))[1].astype(int),
    x.shape,
    (2, 2),
    (2, 1),
    expect=numerical_gradient(lambda x: np.vdot(delta, ops.max_pool2d(x, (2, 2), (2, 1))), x),
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def counted_up(delta, winner, x_shape, size, stride):
    """Every δ with the number of its pixel in the whole array, added up number by number."""
    M, H, W, C = x_shape
    m, p, q, c = np.indices(delta.shape)
    row, column = p * stride[0] + winner // size[1], q * stride[1] + winner % size[1]
    pixel = ((m * H + row) * W + column) * C + c
    return np.bincount(pixel.ravel(), delta.ravel(), minlength=M * H * W * C).reshape(x_shape)


FROZEN_WINNER = np.array(
    """
    2 0 1 2 3 4 1 4 5 1 3 0 4 1 3 0 2 0 3 4 2 1 4 0
    """.split(),  # noqa: SIM905
    int,
).reshape(2, 2, 3, 2)
FROZEN_DX = np.array(
    """
    0 0.5403023059 0 0 -0.4161468365 0 0 0 1 0 0 -0.9899924966 0 0 -0.6536436209 0 0 0 0.9601702867 0 0
    -0.6230423784 0 0 0 0 0 0 0 0 -0.8390715291 0 0 0.7539022543 0 0 -0.1455000338 0 0 0 0 0 0 0.1477588686 0
    -0.2751633381 0 0 0 0 0 0 -0.8209222621 0 0 0 0.8438539587 0 0 0 0 -1.080562281 0 0 0 0 1.06839877 0 0 0 0 0 0
    0.9887046182 0 0 -0.9999608264 0 0 0
    """.split(),  # noqa: SIM905
    float,
).reshape(2, 5, 4, 2)
sheet.values(
    "the gradient of PyTorch 2.13 | PyTorch 2.13 算出的梯度",
    np.cos(np.arange(24.0)).reshape(2, 2, 3, 2),
    FROZEN_WINNER,
    (2, 5, 4, 2),
    (3, 2),
    (2, 1),
    expect=FROZEN_DX,
)
sheet.values(
    "three images, leftover rows and columns | 三张图，有剩余的行和列",
    sheet.spaced(3, 3, 2, 2),
    sheet.rng.permutation(np.arange(36) % 6).reshape(3, 3, 2, 2),
    (3, 8, 7, 2),
    (3, 2),
    (2, 3),
    expect=counted_up,
)
sheet.values(
    "strides larger than the window | 步长大于窗口",
    sheet.spaced(2, 3, 2, 3),
    sheet.rng.permutation(np.arange(36) % 2).reshape(2, 3, 2, 3),
    (2, 7, 9, 3),
    (1, 2),
    (3, 4),
    expect=counted_up,
)
sheet.values(
    "one pixel wins all of its windows | 一个像素赢得所有包含它的窗口",
    np.array([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]])[None, :, :, None],
    np.array([[5, 4, 3], [2, 1, 0]])[None, :, :, None],
    (1, 3, 5, 1),
    (2, 3),
    (1, 1),
    expect=np.array([[0.0, 0, 0, 0, 0], [0, 0, 333, 0, 0], [0, 0, 0, 0, 0]])[None, :, :, None],
)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "average_pool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def average_pool(x, size, stride):
    """Average pooling: the mean of each window, each channel by itself, without padding.

    x: (M, H, W, C); size: (R, S); stride: pair (vertical, horizontal).
    Returns an array (M, P, Q, C), with P and Q as in max_pool.

    >>> average_pool(np.array([[3.0, 1.0, 2.0], [0.0, 4.0, 4.0]]).reshape(1, 2, 3, 1), (2, 2), (1, 1)).ravel()
    array([2.  , 2.75])
    """
    ### BEGIN SOLUTION
    (R, S), (v, h) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    return np.mean([x[:, r::v, s::h][:, :P, :Q] for r in range(R) for s in range(S)], axis=0)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-average_pool", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("average_pool(x, size, stride) -> out", average_pool, points=3)
sheet.values(
    "2 × 2 windows side by side | 2 × 2 的窗口，互不重叠",
    np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0], [-1.0, -4.0, -7.0, -6.0], [-3.0, -2.0, -5.0, -9.0]])[
        None, :, :, None
    ],
    (2, 2),
    (2, 2),
    expect=np.array([[3.25, 4.0], [-2.5, -6.75]])[None, :, :, None],
)
sheet.values(
    "wide windows that overlap | 重叠的扁窗口",
    np.array([[1.0, 2.0, 9.0, 3.0, 4.0], [5.0, 6.0, 1.0, 7.0, 6.0], [2.0, 3.0, 7.0, 4.0, 5.0]])[None, :, :, None],
    (2, 3),
    (1, 2),
    expect=np.array([[4.0, 5.0], [4.0, 5.0]])[None, :, :, None],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def by_summed_area(x, size, stride):
    """Running sums from the corner: each window is a difference of four of them."""
    total = np.pad(x.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0), (0, 0)))
    rows, columns = total[:, size[0] :] - total[:, : -size[0]], size[0] * size[1]
    windows = rows[:, :, size[1] :] - rows[:, :, : -size[1]]
    return windows[:, :: stride[0], :: stride[1]] / columns


sheet.values(
    "three images, leftover rows and columns | 三张图，有剩余的行和列",
    sheet.spaced(3, 8, 7, 2),
    (3, 2),
    (2, 3),
    expect=by_summed_area,
)
sheet.values(
    "strides larger than the window | 步长大于窗口", sheet.spaced(2, 7, 9, 3), (1, 2), (3, 4), expect=by_summed_area
)
x = sheet.spaced(2, 3, 4, 2)
sheet.values(
    "the whole image as one window | 整张图作一个窗口", x, (3, 4), (1, 1), expect=x.mean(axis=(1, 2))[:, None, None]
)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "average_pool_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def average_pool_backward(delta, x_shape, size, stride):
    """Each δ is shared out evenly over its window; where windows overlap, the shares add up.

    delta: (M, P, Q, C), the gradient by the means; x_shape: (M, H, W, C), the shape of the input.
    size, stride: as in average_pool. Returns the gradient by the input: an array of x_shape.

    >>> delta = np.array([4.0, 8.0]).reshape(1, 1, 2, 1)
    >>> average_pool_backward(delta, (1, 2, 3, 1), (2, 2), (1, 1))[0, :, :, 0]
    array([[1., 3., 2.],
           [1., 3., 2.]])
    """
    ### BEGIN SOLUTION
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += delta[:, p : p + 1, q : q + 1] / (R * S)
    return dx
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-average_pool_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("average_pool_backward(delta, x_shape, size, stride) -> dx", average_pool_backward, points=4)
sheet.values(
    "2 × 2 windows side by side | 2 × 2 的窗口，互不重叠",
    np.array([[4.0, 8.0], [-4.0, 1.0]])[None, :, :, None],
    (1, 4, 4, 1),
    (2, 2),
    (2, 2),
    expect=np.array([[1.0, 1, 2, 2], [1, 1, 2, 2], [-1, -1, 0.25, 0.25], [-1, -1, 0.25, 0.25]])[None, :, :, None],
)
sheet.values(
    "wide windows that overlap | 重叠的扁窗口",
    np.array([[6.0, 60.0], [600.0, 6000.0]])[None, :, :, None],
    (1, 3, 5, 1),
    (2, 3),
    (1, 2),
    expect=np.array([[1.0, 1, 11, 10, 10], [101, 101, 1111, 1010, 1010], [100, 100, 1100, 1000, 1000]])[
        None, :, :, None
    ],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def transposed_matrix(delta, x_shape, size, stride):
    """Averaging is linear: the mean of each window of every unit image is a column of its matrix."""
    pixels = np.eye(x_shape[1] * x_shape[2]).reshape(-1, *x_shape[1:3])
    windows = np.lib.stride_tricks.sliding_window_view(pixels, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    return np.einsum("npq,mpqc->mnc", windows.mean(axis=(3, 4)), delta).reshape(x_shape)


sheet.values(
    "three images, leftover rows and columns | 三张图，有剩余的行和列",
    sheet.spaced(3, 3, 2, 2),
    (3, 8, 7, 2),
    (3, 2),
    (2, 3),
    expect=transposed_matrix,
)
sheet.values(
    "strides larger than the window | 步长大于窗口",
    sheet.spaced(2, 3, 2, 3),
    (2, 7, 9, 3),
    (1, 2),
    (3, 4),
    expect=transposed_matrix,
)
sheet.values(
    "many overlaps | 多处重叠", sheet.spaced(2, 4, 3, 1), (2, 6, 6, 1), (3, 4), (1, 1), expect=transposed_matrix
)
### END HIDDEN TESTS
sheet.report()
