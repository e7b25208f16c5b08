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
# # 2. Stochastic gradient descent
#
# The last notebook ended with a loss. This one goes downhill on it. The problem of the notes:
#
# $$\theta^* = \underset{\theta}{\operatorname{argmin}}\, S_\theta, \qquad S_\theta \equiv \frac{1}{N} \sum_{i=1}^N L_\theta(\mathbf{x}_i, \mathbf{y}_i)$$
#
# One term for each of $N$ examples, and $N$ may be a million. (In section 1 of the notes, $S$ was a log likelihood and had to become large. Here $S$ is a loss and has to become small: the sign has changed, nothing else.)
#
# When you have worked through this notebook you can
#
# * say what a mini-batch gradient estimates, why it is right on average, and how far off it is;
# * choose a learning rate and explain what happens when it is too large or too small;
# * program momentum, Nesterov's momentum, four annealing schedules, AdaGrad, RMSProp and Adam from their formulas;
# * look at a training curve that does not fall and name the likely reasons.
#
# You need NumPy and the gradient of a quadratic function. Allow 90 to 120 minutes.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 2. 随机梯度下降
#
# 上一课止于一个损失函数，这一课就沿着它往下走。讲义的问题是：
#
# $$\theta^* = \underset{\theta}{\operatorname{argmin}}\, S_\theta, \qquad S_\theta \equiv \frac{1}{N} \sum_{i=1}^N L_\theta(\mathbf{x}_i, \mathbf{y}_i)$$
#
# $N$ 个样本各占一项，而 $N$ 可能有一百万。（讲义第 1 节里的 $S$ 是对数似然，要让它变大；这里的 $S$ 是损失，要让它变小。变的只是符号。）
#
# 学完这一课，你能够
#
# * 说清楚小批量梯度估计的是什么，为什么平均来说是对的，又会偏差多少；
# * 选择学习率，并解释它太大或太小时会发生什么；
# * 照公式写出 momentum、Nesterov momentum、四种退火方案、AdaGrad、RMSProp 和 Adam；
# * 看到一条降不下去的训练曲线，能说出可能的原因。
#
# 需要的预备知识是 NumPy 和二次函数的梯度。请安排 90 到 120 分钟。

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# **How this notebook works.** Fill in a function, run its cell, then run the cell below it: a report says what holds, what does not, and often which mistake it looks like. Your work is graded on further inputs of the same kind. All functions are *pure*: they return new
# arrays and leave their arguments alone (write `theta = theta - …`, not `theta -= …`). An optimiser's memory goes in as an argument and comes out as a value. Symbols are those of the notes; $N$ is the number of all examples, $M$ of those in a batch, $D$ of parameters.

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# **怎样使用这份笔记本。** 补全一个函数，运行它，再运行下面那一格：报告会告诉你哪些性质成立、哪些不成立，往往还能指出像是犯了哪种错误。评分时会用另外的同类输入。所有函数都是*纯*函数：返回新的数组，不改动传入的参数（写 `theta = theta - …`，不要写 `theta -= …`）。优化器的记忆作为参数传入，作为返回值传出。符号与讲义一致；$N$ 是全部样本的个数，$M$ 是一个批次里样本的个数，$D$ 是参数的个数。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule.check import Sheet, when_done
from chainrule.data import digits
from chainrule.viz import (
    curves,
    explore,
    fit_and_surface,
    gradient_cloud,
    race,
    ravine_descent,
    show,
    terrain,
)


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def noisy_line(rng, N=600, noise=0.8):
    """N points around the line 1 + 2 u. Row i of x is (1, u_i), so that x·θ = θ_0 + θ_1 u."""
    u = rng.uniform(-1.0, 2.0, size=N)
    return np.stack([np.ones(N), u], axis=1), 1 + 2 * u + noise * rng.normal(size=N)


def walk(move, theta, *state, steps):
    """Positions on the way of an optimiser, (steps + 1, D).

    move(theta, *state) makes one step and returns the new (theta, *state). A walk that runs away is cut off.
    """
    path = [theta]
    for _ in range(steps):
        theta, *state = move(theta, *state)
        if not np.abs(theta).max() < 1e3:
            break
        path.append(theta)
    return np.array(path)


# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.1 Downhill, with all the data
#
# Go a short way $\mathbf{d}$ from $\theta$, and $S$ changes by about $\nabla_\theta S \cdot \mathbf{d}$. Of all ways of one length, that is smallest for the one that points along $-\nabla_\theta S$. Hence
#
# $$\theta \leftarrow \theta - \eta \nabla_\theta S_\theta$$
#
# with the *learning rate* $\eta$. All exercises here use the simplest model there is, least squares, where every number can be checked by hand:
#
# $$L_\theta(\mathbf{x}, y) = \tfrac12 (\mathbf{x} \cdot \theta - y)^2, \qquad \nabla_\theta L = (\mathbf{x} \cdot \theta - y)\, \mathbf{x}$$
#
# and for the mean over all rows
#
# $$\nabla_\theta S = \frac1N \sum_{i=1}^N (\mathbf{x}_i \cdot \theta - y_i)\, \mathbf{x}_i$$
#
# The ½ is there so that no 2 is left behind. Everything that follows works in the same way for a network; only $\nabla_\theta L$ is longer.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.1 用全部数据下山
#
# 从 $\theta$ 走一小段 $\mathbf{d}$，$S$ 大约改变 $\nabla_\theta S \cdot \mathbf{d}$。在长度相同的各种走法里，沿 $-\nabla_\theta S$ 方向时这个数最小。所以
#
# $$\theta \leftarrow \theta - \eta \nabla_\theta S_\theta$$
#
# 其中 $\eta$ 是*学习率*。这一课的练习都用最简单的模型，即最小二乘，每个数都可以手算验证：
#
# $$L_\theta(\mathbf{x}, y) = \tfrac12 (\mathbf{x} \cdot \theta - y)^2, \qquad \nabla_\theta L = (\mathbf{x} \cdot \theta - y)\, \mathbf{x}$$
#
# 对所有行取平均：
#
# $$\nabla_\theta S = \frac1N \sum_{i=1}^N (\mathbf{x}_i \cdot \theta - y_i)\, \mathbf{x}_i$$
#
# 加上 ½，求导后就不会留下 2。下面所讲的一切对神经网络同样适用，只是 $\nabla_\theta L$ 写起来长一些。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `full_gradient`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 写出 `full_gradient`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "full_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def full_gradient(theta, x, y):
    """Gradient of S, the mean of ½ (x·θ - y)² over all rows.

    theta: (D,), x: (N, D), y: (N,). Returns the gradient: (D,).

    >>> full_gradient(np.array([1.0, 2.0]), np.array([[1.0, 1.0], [1.0, 3.0]]), np.array([3.0, 5.0]))
    array([1., 3.])
    """
    ### BEGIN SOLUTION
    return x.T @ (x @ theta - y) / len(y)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-full_gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def mean_loss(theta, x, y):  # S, as the notes write it
    return np.mean(0.5 * (x @ theta - y) ** 2)


sheet = Sheet("full_gradient(theta, x, y) -> dtheta", full_gradient, points=3)
x = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0], [3.0, 0.0, -1.0]])
y = np.array([0.0, 3.0, 2.0, 3.0, 4.0])
sheet.values(
    "errors 1, -1, 2, 0, -3 by hand | 误差 1、-1、2、0、-3，手算",
    np.array([1.0, 0.0, 2.0]),
    x,
    y,
    expect=[-0.8, 0.2, 0.8],
)
sheet.gradient("derivative of S | S 的导数", np.array([0.4, -0.8, 1.5]), x, y, of=mean_loss)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.gradient(
    "any data | 任意数据", sheet.spaced(4), sheet.spaced(11, 4, low=-2, high=3), sheet.spaced(11), of=mean_loss
)
sheet.values(
    "one parameter | 只有一个参数",
    np.array([2.0]),
    np.array([[3.0], [1.0]]),
    np.array([1.0, 5.0]),
    expect=[(5 * 3 - 3 * 1) / 2],
)
sheet.values(
    "a perfect fit is a resting point | 完美拟合处静止",
    np.array([1.0, -2.0]),
    np.array([[1.0, 2.0], [0.0, 1.0], [3.0, 1.0]]),
    np.array([-3.0, -2.0, 1.0]),
    expect=[0.0, 0.0],
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# With it, go downhill. On the left the data and the line that comes out; on the right $S$ as a landscape over $(\theta_0, \theta_1)$, and the way there from the white dot. Where does a step point, compared with the contour line it starts from?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 有了它就可以下山了。左边是数据和得到的直线；右边是 $S$ 在 $(\theta_0, \theta_1)$ 上的地形，以及从白点出发的路线。每一步的方向与它出发处的等高线是什么关系？

# %% slideshow={"slide_type": "fragment"}
x_line, y_line = noisy_line(np.random.default_rng(2))
theta_start = np.array([-2.0, 0.0])

with when_done():
    downhill = walk(lambda theta: (theta - 0.5 * full_gradient(theta, x_line, y_line),), theta_start, steps=40)
    show(
        fit_and_surface(x_line, y_line, {"all rows": downhill}),
        alt="points around a line; the descent crosses the contour lines at right angles | 直线附近的点；下降路线与等高线垂直",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.2 Downhill, with a few of the data
#
# Each step above looks at all $N$ rows, only to go a little way and look at all of them again. The notes: $S_\theta$ is a sum of many terms and dear to compute, so bring in chance. In every iteration, approximate
#
# $$S_\theta = \frac1N \sum_{i=1}^N L_\theta(\mathbf{x}_i, \mathbf{y}_i) \approx \frac1M \sum_{i=1}^M L_\theta(\mathbf{x}_i, \mathbf{y}_i)$$
#
# with a *mini-batch* of $M \ll N$ rows. Differentiate both sides, and there is an estimate $\mathbf{g}$ of the gradient at $M/N$ of the price.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.2 用少量数据下山
#
# 上面每走一步都要看完 $N$ 行，只走一小段，又要全部再看一遍。讲义说：$S_\theta$ 由很多项求和构成，计算成本很高，于是引入 Stochastic 思想，在每步迭代中近似
#
# $$S_\theta = \frac1N \sum_{i=1}^N L_\theta(\mathbf{x}_i, \mathbf{y}_i) \approx \frac1M \sum_{i=1}^M L_\theta(\mathbf{x}_i, \mathbf{y}_i)$$
#
# 其中*小批量*只有 $M \ll N$ 行。两边求导，便以 $M/N$ 的代价得到梯度的一个估计 $\mathbf{g}$。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# > **A word on the sum.** As printed, the sum on the right runs over the *first* $M$ rows. What is meant: $M$ rows drawn at random, anew in each step. The difference matters. Data often come sorted, and then the first rows are a bad sample; and if they are the same
# > rows in each step, the others are never learned from. You can try this below.
#
# **Why it is right on average.** If every row is equally likely to be drawn, the expected value of $\nabla L$ of a drawn row is $\sum_i \frac1N \nabla L_i = \nabla S$, and so is the expected value of a mean of $M$ of them:
#
# $$\mathbb{E}[\mathbf{g}] = \nabla_\theta S$$
#
# The estimate is *unbiased*, for every $M$, even for $M = 1$.
#
# **How far off it is.** Let $\sigma^2$ be the variance of $\nabla L$ from row to row. The mean of $M$ independent draws has variance $\sigma^2 / M$. Drawn without putting back, each row at most once, a little less, and nothing is left when $M = N$:
#
# $$\operatorname{Var}[\mathbf{g}] = \frac{\sigma^2}{M} \cdot \frac{N - M}{N - 1}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# > **关于这个求和。** 按印出来的样子，右边是对*前* $M$ 行求和。实际的意思是：每一步都重新随机抽取 $M$ 行。两者差别很大：数据常常是排好序的，前几行就不是好样本；如果每一步都是同样几行，其余的就永远学不到。下面可以亲自试一试。
#
# **为什么平均来说是对的。** 如果每一行被抽到的机会相等，那么抽到的一行 $\nabla L$ 的期望是 $\sum_i \frac1N \nabla L_i = \nabla S$，$M$ 行的平均值也有同样的期望：
#
# $$\mathbb{E}[\mathbf{g}] = \nabla_\theta S$$
#
# 这个估计是*无偏*的，对每个 $M$ 都如此，$M = 1$ 也不例外。
#
# **偏差有多大。** 设各行的 $\nabla L$ 方差为 $\sigma^2$。$M$ 次独立抽取的平均值方差是 $\sigma^2 / M$。如果不放回，每行至多抽一次，方差还要小一点，到 $M = N$ 时变为零：
#
# $$\operatorname{Var}[\mathbf{g}] = \frac{\sigma^2}{M} \cdot \frac{N - M}{N - 1}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Each small dot is the gradient of one random mini-batch, the big one the full gradient. Move $M$: the cloud shrinks, its middle stays. On the right the measured variance (dots) and the formula (line), $\sigma^2/M$ dashed. Now move $\theta$ to the best values, about $(1, 2)$. The full
# gradient vanishes. Does the cloud?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 每个小点是一个随机小批量的梯度，大点是完整的梯度。移动 $M$：点云缩小，中心不动。右图是实测的方差（点）与公式（实线），虚线是 $\sigma^2/M$。再把 $\theta$ 移到最优值附近，约 $(1, 2)$。完整的梯度消失了，点云呢？

# %% slideshow={"slide_type": "fragment"}
explore(
    lambda M, theta_0, theta_1: gradient_cloud(x_line, y_line, (theta_0, theta_1), M),
    {"M": "batch size M | 批量大小 M", "theta_0": "θ₀", "theta_1": "θ₁"},
    M=(1, 600, 1, 10),
    theta_0=(-3.0, 3.0, 0.1, -1.0),
    theta_1=(-3.0, 3.0, 0.1, 0.5),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 2.** Write `minibatch_gradient`. The array `index` says which rows are in the batch, in any order; a row that is named twice counts twice.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 2.** 写出 `minibatch_gradient`。数组 `index` 给出批次里有哪些行，顺序任意；同一行出现两次就算两次。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "minibatch_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatch_gradient(theta, x, y, index):
    """Gradient of the mean of ½ (x·θ - y)² over the rows `index`.

    theta: (D,), x: (N, D), y: (N,), index: (M,) integers from 0 to N - 1.
    Returns the estimate of the gradient: (D,).

    >>> x, y = np.array([[1.0, 1.0], [1.0, 3.0], [9.0, 9.0]]), np.array([3.0, 5.0, 9.0])
    >>> minibatch_gradient(np.array([1.0, 2.0]), x, y, np.array([1, 0]))
    array([1., 3.])
    """
    ### BEGIN SOLUTION
    rows = x[index]
    return rows.T @ (rows @ theta - y[index]) / len(index)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-minibatch_gradient", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("minibatch_gradient(theta, x, y, index) -> gradient", minibatch_gradient, points=4)
x = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0], [3.0, 0.0, -1.0]])
y = np.array([0.0, 3.0, 2.0, 3.0, 4.0])  # the errors at theta are 1, -1, 2, 0, -3
theta = np.array([1.0, 0.0, 2.0])
sheet.values("rows 4, 0 and 2 | 第 4、0、2 行", theta, x, y, np.array([4, 0, 2]), expect=[-4 / 3, 2 / 3, 5 / 3])
sheet.values("row 4 twice | 第 4 行两次", theta, x, y, np.array([4, 1, 4]), expect=[-6, -1 / 3, 5 / 3])
sheet.values("one row | 一行", theta, x, y, np.array([1]), expect=[0.0, -1.0, -1.0])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any rows | 任意几行",
    sheet.spaced(4),
    sheet.spaced(13, 4, low=-2, high=3),
    sheet.spaced(13),
    np.array([12, 3, 7, 1, 10]),
    expect=lambda theta, x, y, index: sum((sum(x[i] * theta) - y[i]) * x[i] for i in index) / 5,
    weight=2,
)
sheet.values(
    "all rows, in another order | 所有行，另一种顺序",
    sheet.spaced(2),
    sheet.spaced(6, 2),
    sheet.spaced(6),
    np.array([5, 1, 0, 4, 2, 3]),
    expect=lambda theta, x, y, index: sum((x[i] @ theta - y[i]) * x[i] for i in sorted(index)) / 6,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Now the experiment on the word above. Sort the points from left to right, and compare two estimates with the full gradient: the mean over 2,000 random mini-batches, and the first 30 rows.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 现在来做上面提到的实验：把点从左到右排好，再把两种估计与完整梯度比较，一种是 2000 个随机小批量的平均，一种是前 30 行。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    order = np.argsort(x_line[:, 1])
    x_sorted, y_sorted = x_line[order], y_line[order]
    rng = np.random.default_rng(0)
    estimates = [
        minibatch_gradient(theta_start, x_sorted, y_sorted, rng.choice(600, size=30, replace=False))
        for _ in range(2000)
    ]
    print("full gradient          ", full_gradient(theta_start, x_sorted, y_sorted).round(2))
    print("mean of random batches ", np.mean(estimates, axis=0).round(2))
    print("the first 30 rows      ", minibatch_gradient(theta_start, x_sorted, y_sorted, np.arange(30)).round(2))

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 3.** In practice one doesn't draw each batch from all rows. One shuffles the rows, cuts the row of rows into batches, and has seen each of them exactly once at the end: an *epoch*. Then one shuffles again. If $M$ does not divide $N$, the last batch is short; it is used all the same.
#
# Write `minibatches`: the batches of one epoch. All chance must come from the generator `rng` that is handed in (`rng.permutation` is made for this), so that a run can be repeated.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 3.** 实践中并不是每个批次都从全部行里抽。而是把所有行打乱，切成若干批，切完时每一行恰好用过一次，这叫一个 *epoch*。然后重新打乱。$M$ 除不尽 $N$ 时，最后一批短一些，照样要用。
#
# 写出 `minibatches`：一个 epoch 的各个批次。一切随机性都必须来自传入的生成器 `rng`（`rng.permutation` 正合用），这样一次运行才能重现。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(n, batch_size, rng):
    """Batches of one epoch: the rows 0 to n - 1 in random order, each exactly once.

    n: number of rows, batch_size: rows in a batch, rng: np.random.Generator.
    Returns a list of integer arrays, each of length batch_size; the last may be shorter.

    >>> [len(index) for index in minibatches(10, 4, np.random.default_rng(0))]
    [4, 4, 2]
    """
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-minibatches", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def rows(batches):  # all rows of an epoch in their order
    return [int(row) for batch in batches for row in batch]


def sizes(batches):
    return [len(batch) for batch in batches]


def in_blocks(batches):  # each batch is a run of neighbours, whatever their order
    return all(np.ptp(batch) == len(batch) - 1 for batch in batches)


seen = []  # the order of rows for one generator, to be compared with that for another
sheet = Sheet("minibatches(n, batch_size, rng) -> batches", minibatches, points=5)
sheet.holds(
    "a list of batches of row numbers | 由批次组成的列表，元素是行号",
    10,
    4,
    np.random.default_rng(0),
    that=lambda batches: {np.asarray(batch).dtype.kind for batch in batches} <= {"i", "u"} and sizes(batches),
    why="each batch must be an array of integers | 每个批次都应是整数数组",
    diagnosis="not-batches",
)
sheet.holds(
    "no row twice | 没有一行出现两次",
    10,
    4,
    np.random.default_rng(0),
    that=lambda batches: len(set(rows(batches))) == len(rows(batches)),
    why="a row comes twice in one epoch; are the batches drawn apart from each other? | 同一个 epoch 里有一行出现两次；各批次是分开抽的吗？",
    diagnosis="row-twice",
)
sheet.holds(
    "no row left out | 没有一行漏掉",
    10,
    4,
    np.random.default_rng(0),
    that=lambda batches: set(rows(batches)) == set(range(10)),
    why="rows are left out; 10 rows by 4 make batches of 4, 4 and 2 | 有的行漏掉了；10 行每批 4 行，应分成 4、4、2",
    diagnosis="rows-lost",
)
sheet.holds(
    "shuffled | 打乱了顺序",
    60,
    7,
    np.random.default_rng(1),
    that=lambda batches: seen.append(rows(batches)) or not in_blocks(batches),
    why="the batches are blocks of neighbouring rows; shuffle the rows, then cut | 批次里都是相邻的行；应先打乱所有行，再切分",
    diagnosis="not-shuffled",
)
sheet.holds(
    "10 rows by 4: 4, 4 and 2 | 10 行，每批 4 行：4、4、2",
    10,
    4,
    np.random.default_rng(0),
    that=lambda batches: sizes(batches) == [4, 4, 2],
    why="each batch has batch_size rows, only the last may have fewer | 每批 batch_size 行，只有最后一批可以更少",
    diagnosis="batch-sizes",
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.holds(
    "another generator, another order | 换一个生成器，顺序就不同",
    60,
    7,
    np.random.default_rng(2),
    that=lambda batches: rows(batches) != seen[0],
    why="the order must come from rng | 顺序必须来自 rng",
    diagnosis="generator-ignored",
)
sheet.holds(
    "12 rows by 4: no empty batch | 12 行，每批 4 行：没有空批次",
    12,
    4,
    np.random.default_rng(3),
    that=lambda batches: sizes(batches) == [4, 4, 4],
    diagnosis="batch-sizes",
)
sheet.holds(
    "a batch size above n | 批量大于行数",
    3,
    8,
    np.random.default_rng(4),
    that=lambda batches: sizes(batches) == [3] and sorted(rows(batches)) == [0, 1, 2],
    diagnosis="batch-sizes",
)
sheet.holds(
    "batches of one | 每批一行",
    9,
    1,
    np.random.default_rng(5),
    that=lambda batches: sizes(batches) == [1] * 9 and sorted(rows(batches)) == list(range(9)),
    diagnosis="batch-sizes",
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.3 The step, and how long to make it
#
# **Exercise 4.** The shortest of all: `sgd_step`, $\theta \leftarrow \theta - \eta \nabla$, whatever gradient it is handed.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.3 一步，以及一步走多长
#
# **练习 4.** 最短的一题：`sgd_step`，$\theta \leftarrow \theta - \eta \nabla$，给它什么梯度就用什么梯度。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "sgd_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_step(theta, grad, lr):
    """θ - η ∇: one step downhill.

    theta: array of any shape, grad: same shape, lr: the learning rate η. Returns the new theta.

    >>> sgd_step(np.array([1.0, 2.0]), np.array([10.0, -10.0]), 0.1)
    array([0., 3.])
    """
    ### BEGIN SOLUTION
    return theta - lr * grad
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-sgd_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("sgd_step(theta, grad, lr) -> theta", sgd_step, points=2)
sheet.values("by hand | 手算", np.array([1.0, 2.0, -3.0]), np.array([4.0, -2.0, 8.0]), 0.25, expect=[0.0, 2.5, -5.0])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any shape | 任意形状",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3, low=-5, high=5),
    0.03,
    expect=lambda theta, grad, lr: [[t - lr * g for t, g in zip(*pair)] for pair in zip(theta, grad)],
)
sheet.values(
    "four steps on ½θ²: θ shrinks to (1 - η)⁴ | 在 ½θ² 上走四步：θ 缩小到 (1 - η)⁴",
    np.array([16.0]),
    np.array([16.0]),
    0.5,
    expect=[8.0],
)
sheet.holds(
    "three more steps | 再走三步",
    np.array([16.0, -8.0]),
    np.array([16.0, -8.0]),
    0.5,
    that=lambda theta: np.allclose(
        sgd_step(sgd_step(sgd_step(theta, theta, 0.5), np.array([4.0, -2.0]), 0.5), np.array([2.0, -1.0]), 0.5),
        [1.0, -0.5],
    ),
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **How long a step may be.** Near a minimum every smooth loss looks like a bowl, $S \approx \tfrac12 \sum_j \lambda_j \theta_j^2$ in suitable coordinates, with curvatures $\lambda_j$. One step multiplies each coordinate by a number of its own:
#
# $$\theta_j \leftarrow \theta_j - \eta \lambda_j \theta_j = (1 - \eta \lambda_j)\, \theta_j$$
#
# It shrinks if $|1 - \eta \lambda_j| < 1$, that is $0 < \eta < 2/\lambda_j$. The *largest* curvature sets the limit, the *smallest* one the pace: with $\eta$ just below $2/\lambda_{\max}$ the flattest direction needs some $\lambda_{\max}/\lambda_{\min}$ steps. Such a landscape is a *ravine*: steep walls, a floor that hardly
# slopes. Here $\lambda = 1$ and $25$, so the limit is $0.08$. Move $\eta$ slowly across it.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **一步可以走多长。** 在极小点附近，光滑的损失都像一只碗：取适当的坐标，$S \approx \tfrac12 \sum_j \lambda_j \theta_j^2$，$\lambda_j$ 是曲率。每走一步，各个坐标分别乘上自己的因子：
#
# $$\theta_j \leftarrow \theta_j - \eta \lambda_j \theta_j = (1 - \eta \lambda_j)\, \theta_j$$
#
# $|1 - \eta \lambda_j| < 1$，即 $0 < \eta < 2/\lambda_j$ 时才会缩小。*最大*的曲率决定上限，*最小*的曲率决定快慢：$\eta$ 略小于 $2/\lambda_{\max}$ 时，最平的方向大约需要 $\lambda_{\max}/\lambda_{\min}$ 步。这样的地形叫*峡谷*：两壁陡峭，谷底几乎不倾斜。这里 $\lambda = 1$ 和 $25$，所以上限是 $0.08$。请把 $\eta$ 慢慢移过这个值。

# %% slideshow={"slide_type": "subslide"}
explore(
    ravine_descent,
    {"eta": "learning rate η | 学习率 η", "steps": "steps | 步数"},
    eta=(0.002, 0.086, 0.002, 0.07),
    steps=(1, 100, 1, 30),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **What chance adds.** Now your three functions together: 6 epochs of SGD with the same $\eta$ and batches of 1, 20 and all 600 rows. All see the same number of rows. Which one gets close first? Which one stays there?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **随机性带来什么。** 把你写的三个函数合起来：用同样的 $\eta$ 做 6 个 epoch 的 SGD，批量分别是 1、20 和全部 600 行。三者看过的行数相同。哪一个先接近？哪一个停得住？

# %% slideshow={"slide_type": "fragment"}
with when_done():
    wandering = {}
    for batch_size in (1, 20, 600):
        rng = np.random.default_rng(0)
        theta, path = theta_start, [theta_start]
        for _ in range(6):
            for index in minibatches(600, batch_size, rng):
                theta = sgd_step(theta, minibatch_gradient(theta, x_line, y_line, index), 0.1)
                path.append(theta)
        wandering[f"M = {batch_size}"] = np.array(path)
    show(
        fit_and_surface(x_line, y_line, wandering),
        alt="with one row a step the path arrives at once and then wanders about; with all rows it is still on its way | 每步一行的路线很快到达，然后徘徊不定；每步全部行的路线还在半路",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# At the best $\theta$ the gradients of single rows do not vanish, they only cancel. With a constant $\eta$, SGD therefore never comes to rest; it wanders about in a cloud whose variance is proportional to $\eta\,\sigma^2 / M$. Remember this for section 2.5.
#
# **Written question 1.** You want the error (standard deviation) of the gradient estimate to be half as large. (a) How many times more rows must a batch have? (b) Somebody takes one step with $M = 100$ rows, somebody else takes 100 steps with single rows and a learning rate $\eta/100$ each, starting from the same
# $\theta$. Compare the two ways for small $\eta$. (c) Then why does nobody train with $M = 1$ on real hardware?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 在最优的 $\theta$ 处，单行的梯度并不为零，只是互相抵消。所以 $\eta$ 不变时 SGD 永远停不下来，而是在一团云里徘徊，方差正比于 $\eta\,\sigma^2 / M$。这一点到 2.5 节还要用。
#
# **问答题 1.** 你希望梯度估计的误差（标准差）减半。(a) 一个批次需要多少倍的行数？(b) 甲用 $M = 100$ 行走一步；乙从同一个 $\theta$ 出发，每次一行走 100 步，每步学习率为 $\eta/100$。$\eta$ 很小时，比较两种走法。(c) 既然如此，为什么在真实的硬件上没有人用 $M = 1$ 训练？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-batch-size", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) Four times: the standard deviation falls like 1/√M (1 point). (b) For small η, θ hardly changes during the 100 steps, so the 100 small steps add up to −η times the mean of the 100 gradients: to first order in η the same step (1 point); they differ at
# order η², because each small step sees a θ that is already a little better (1 point). (c) One step with 100 rows is one matrix product, which vector units, several cores or a GPU work off in hardly more time than a single row; 100 single steps have to wait for each other (1 point). An answer that speaks of the overhead
# of each step, or of memory traffic, is as good.
#
# (a) 四倍：标准差按 1/√M 下降（1 分）。(b) η 很小时，θ 在 100 步里几乎不变，100 个小步加起来就是 −η 乘以 100 个梯度的平均：到 η 的一阶，两者是同一步（1 分）；差别在 η² 阶，因为每个小步用的 θ 已经稍好一些（1 分）。(c) 100 行的一步是一次矩阵乘法，向量单元、多核或 GPU 所花的时间几乎与一行相同；
# 100 个单步则必须一个等一个（1 分）。从每一步的固定开销或访存的角度回答同样给分。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.4 Momentum
#
# On the floor of the ravine all gradients agree; across it, each undoes the last. A heavy ball would add up the first and average out the second. Give $\theta$ a *velocity* $\mathbf{v}$, with friction $\mu < 1$:
#
# $$\mathbf{v} \leftarrow \mu \mathbf{v} - \eta \nabla, \qquad \theta \leftarrow \theta + \mathbf{v}$$
#
# Unroll it: $\mathbf{v}_t = -\eta \sum_{s \le t} \mu^{t-s} \nabla_s$, a sum over the past that fades. If the gradient is always the same, the sum is geometric and $\mathbf{v} \to -\eta \nabla / (1 - \mu)$: ten times as fast for $\mu = 0.9$. If its sign changes each time, the terms alternate and $\mathbf{v} \to \pm\eta \nabla / (1 + \mu)$: half as fast. And it smooths the noise of
# mini-batches, too.
#
# **Exercise 5.** Write `momentum_step`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.4 Momentum（动量）
#
# 在峡谷的谷底，各步的梯度方向一致；横着看，后一个总是抵消前一个。一个重球会把前者累加起来，把后者平均掉。给 $\theta$ 一个*速度* $\mathbf{v}$，再加上摩擦 $\mu < 1$：
#
# $$\mathbf{v} \leftarrow \mu \mathbf{v} - \eta \nabla, \qquad \theta \leftarrow \theta + \mathbf{v}$$
#
# 展开来看：$\mathbf{v}_t = -\eta \sum_{s \le t} \mu^{t-s} \nabla_s$，是对过去的求和，越久远权重越小。如果梯度始终不变，这是等比级数，$\mathbf{v} \to -\eta \nabla / (1 - \mu)$，$\mu = 0.9$ 时快了十倍。如果梯度每次变号，各项正负相间，$\mathbf{v} \to \pm\eta \nabla / (1 + \mu)$，只有约一半快。小批量的噪声也一并被抹平了。
#
# **练习 5.** 写出 `momentum_step`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "momentum_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(theta, v, grad, lr, mu):
    """v ← μ v - η ∇, then θ ← θ + v with the new v.

    theta, v, grad: arrays of one shape, lr: η, mu: μ. Returns (theta, v).

    >>> momentum_step(np.array([1.0]), np.array([2.0]), np.array([4.0]), lr=0.25, mu=0.5)
    (array([1.]), array([0.]))
    """
    ### BEGIN SOLUTION
    v = mu * v - lr * grad
    return theta + v, v
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-momentum_step", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def coast(theta, v, grad, steps):  # steps more with the same gradient, η = 0.1, μ = 0.5
    for _ in range(steps):
        theta, v = momentum_step(theta, v, grad, 0.1, 0.5)
    return np.concatenate([theta, v])


sheet = Sheet("momentum_step(theta, v, grad, lr, mu) -> theta, v", momentum_step, points=4)
theta, v, grad = np.array([1.0, -2.0, 0.5]), np.array([0.2, 0.7, -0.4]), np.array([1.0, 2.0, -3.0])
sheet.values(
    "by hand | 手算", theta, v, grad, 0.1, 0.8, expect={"theta": [1.06, -1.64, 0.48], "v": [0.06, 0.36, -0.02]}
)
sheet.values(
    "no gradient: it rolls on, and slows down | 没有梯度：继续滚动，逐渐变慢",
    theta,
    v,
    np.zeros(3),
    0.1,
    0.8,
    expect={"theta": [1.16, -1.44, 0.18], "v": [0.16, 0.56, -0.32]},
)
sheet.holds(
    "five steps with one gradient: v = -η∇ (1 - μ⁵)/(1 - μ) | 梯度不变走五步：v = -η∇ (1 - μ⁵)/(1 - μ)",
    np.zeros(3),
    np.zeros(3),
    grad,
    0.1,
    0.5,
    that=lambda pair: np.allclose(coast(*pair, grad, 4)[3:], -0.1 * grad * (1 - 0.5**5) / 0.5),
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any shape | 任意形状",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3),
    sheet.spaced(2, 3, low=-5, high=5),
    0.03,
    0.9,
    expect=lambda theta, v, grad, lr, mu: {
        "theta": np.stack([theta, v, grad], axis=-1) @ np.array([1, mu, -lr]),
        "v": np.stack([v, grad], axis=-1) @ np.array([mu, -lr]),
    },
    weight=2,
)
sheet.holds(
    "where it is after six steps | 六步之后的位置",
    np.zeros(3),
    np.zeros(3),
    grad,
    0.1,
    0.5,
    that=lambda pair: np.allclose(
        coast(*pair, grad, 5)[:3], -0.1 * grad * sum((1 - 0.5**t) / 0.5 for t in range(1, 7))
    ),
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Nesterov's idea.** The velocity will carry $\theta$ on by $\mu \mathbf{v}$ anyway. So look at the slope *there*, where one is going to be, and not where one is:
#
# $$\mathbf{v} \leftarrow \mu \mathbf{v} - \eta \nabla S(\theta + \mu \mathbf{v}), \qquad \theta \leftarrow \theta + \mathbf{v}$$
#
# If the ground rises ahead, the ball brakes one step earlier. It is your momentum step with a gradient from another place.
#
# **Exercise 6.** Write `nesterov_lookahead`: that place.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **Nesterov 的想法。** 不管怎样，速度都会把 $\theta$ 再带出 $\mu \mathbf{v}$。那就去看*那里*的坡度，看将要到的地方，而不是现在所在的地方：
#
# $$\mathbf{v} \leftarrow \mu \mathbf{v} - \eta \nabla S(\theta + \mu \mathbf{v}), \qquad \theta \leftarrow \theta + \mathbf{v}$$
#
# 如果前方地势升高，球就早一步刹车。这就是你写的 momentum 步，只是梯度取自另一个点。
#
# **练习 6.** 写出 `nesterov_lookahead`，即那个点。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "nesterov_lookahead", "locked": false, "schema_version": 3, "solution": true, "task": false}
def nesterov_lookahead(theta, v, mu):
    """The point where Nesterov's momentum takes the gradient: where the velocity alone would carry θ.

    theta, v: arrays of one shape, mu: μ. Returns an array of the same shape.

    >>> nesterov_lookahead(np.array([1.0]), np.array([2.0]), 0.5)
    array([2.])
    """
    ### BEGIN SOLUTION
    return theta + mu * v
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-nesterov_lookahead", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("nesterov_lookahead(theta, v, mu) -> point", nesterov_lookahead, points=2)
sheet.values("by hand | 手算", np.array([1.0, -2.0, 0.5]), np.array([0.2, 0.7, -0.4]), 0.8, expect=[1.16, -1.44, 0.18])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any shape | 任意形状",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3),
    0.9,
    expect=lambda theta, v, mu: np.stack([theta, v], axis=-1) @ np.array([1, mu]),
)
sheet.values("at rest | 静止时", np.array([3.0, -1.0]), np.zeros(2), 0.9, expect=[3.0, -1.0])
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The three of them in the ravine, with the same $\eta$ and 60 steps. On the right the height above the floor, on a logarithmic scale.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 三者在峡谷里，$\eta$ 相同，各走 60 步。右图是离谷底的高度，对数坐标。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    ravine = terrain("ravine")
    at_rest = np.zeros(2)
    show(
        race(
            ravine,
            {
                "SGD": walk(lambda theta: (sgd_step(theta, ravine.slope(theta), 0.03),), ravine.start, steps=60),
                "momentum": walk(
                    lambda theta, v: momentum_step(theta, v, ravine.slope(theta), 0.03, 0.8),
                    ravine.start,
                    at_rest,
                    steps=60,
                ),
                "Nesterov": walk(
                    lambda theta, v: momentum_step(
                        theta, v, ravine.slope(nesterov_lookahead(theta, v, 0.8)), 0.03, 0.8
                    ),
                    ravine.start,
                    at_rest,
                    steps=60,
                ),
            },
        ),
        alt="plain SGD creeps along the floor; momentum overshoots and comes back; Nesterov's swings least | 普通 SGD 沿谷底爬行；momentum 冲过头再回来；Nesterov 摆动最小",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.5 Annealing the learning rate
#
# A large $\eta$ is quick and ends in a large cloud; a small one is slow and ends in a small cloud. So begin large and end small. How fast? Robbins and Monro proved in 1951 that SGD converges if
#
# $$\sum_t \eta_t = \infty \qquad \text{and} \qquad \sum_t \eta_t^2 < \infty$$
#
# The first: the steps must be able to reach any place, however far. The second: their noise, whose variances add up, must stay finite. $\eta_t \propto 1/t$ fulfils both. In practice one has a limited number of epochs and takes what works:
#
# | schedule | learning rate |
# |---|---|
# | step decay | $\eta \cdot \text{factor}^{\lfloor \text{epoch} / \text{every} \rfloor}$ |
# | exponential decay | $\eta\, e^{-kt}$ |
# | inverse time decay | $\eta / (1 + kt)$ |
# | cosine annealing | $\eta_{\min} + \tfrac12 (\eta - \eta_{\min}) \left(1 + \cos \frac{\pi t}{T}\right), \quad 0 \le t \le T$ |

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.5 学习率退火
#
# $\eta$ 大，走得快，最后徘徊的云也大；$\eta$ 小，走得慢，云也小。所以应当先大后小。多快地变小？Robbins 和 Monro 在 1951 年证明，SGD 收敛的充分条件是
#
# $$\sum_t \eta_t = \infty \qquad \text{且} \qquad \sum_t \eta_t^2 < \infty$$
#
# 前者说：不管多远，这些步子总要走得到。后者说：噪声的方差是累加的，总和必须有限。$\eta_t \propto 1/t$ 两条都满足。实践中 epoch 数有限，哪种好用就用哪种：
#
# | 方案 | 学习率 |
# |---|---|
# | step decay（阶梯） | $\eta \cdot \text{factor}^{\lfloor \text{epoch} / \text{every} \rfloor}$ |
# | exponential decay（指数） | $\eta\, e^{-kt}$ |
# | inverse time decay（反比） | $\eta / (1 + kt)$ |
# | cosine annealing（余弦） | $\eta_{\min} + \tfrac12 (\eta - \eta_{\min}) \left(1 + \cos \frac{\pi t}{T}\right), \quad 0 \le t \le T$ |

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercises 7 to 10.** Write the four schedules. Epochs and $t$ count from 0. Each function returns the rate for one time.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 7 至 10.** 写出这四种方案。epoch 和 $t$ 都从 0 数起。每个函数返回某一时刻的学习率。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "step_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_decay(lr, epoch, factor, every):
    """The rate is multiplied by `factor` after each `every` epochs: lr · factor^⌊epoch / every⌋.

    lr: rate at the start, epoch: integer from 0, factor: number, every: integer from 1.
    Returns a number.

    >>> [step_decay(1.0, epoch, 0.5, 2) for epoch in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    ### BEGIN SOLUTION
    return lr * factor ** (epoch // every)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-step_decay", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("step_decay(lr, epoch, factor, every) -> rate", step_decay, points=2)
sheet.values("the first epoch | 第一个 epoch", 0.8, 0, 0.1, 3, expect=0.8)
sheet.values("just before the first drop | 第一次下降之前", 0.8, 2, 0.1, 3, expect=0.8)
sheet.values("the first drop | 第一次下降", 0.8, 3, 0.1, 3, expect=0.08)
sheet.values("after the second | 第二次之后", 0.8, 7, 0.1, 3, expect=0.008)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("every single epoch | 每个 epoch 都降", 2.0, 5, 0.5, 1, expect=1 / 16)
sheet.values("between the drops | 两次下降之间", 0.3, 17, 0.7, 4, expect=0.3 * 0.7 * 0.7 * 0.7 * 0.7)
sheet.values("before a drop | 一次下降之前", 3.0, 19, 0.5, 10, expect=1.5)
sheet.values("past the middle | 过半", 3.0, 6, 0.5, 10, expect=3.0)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "exponential_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
def exponential_decay(lr, t, k):
    """lr · e^(-k t).

    lr: rate at t = 0, t: number from 0, k: number. Returns a number.

    >>> print(round(exponential_decay(0.1, t=10, k=0.1), 6))
    0.036788
    """
    ### BEGIN SOLUTION
    return lr * np.exp(-k * t)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-exponential_decay", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("exponential_decay(lr, t, k) -> rate", exponential_decay, points=2)
sheet.values("at the start | 开始时", 0.4, 0, 0.25, expect=0.4)
sheet.values("a half after ln 2 / k | 经过 ln 2 / k 减半", 0.4, 4, np.log(2) / 4, expect=0.2)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("a third of the third | 三分之一的三分之一", 1.8, 6, np.log(3) / 3, expect=0.2)
sheet.values("any time | 任意时刻", 0.07, 2.5, 0.3, expect=0.07 / 2.718281828459045**0.75)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "inverse_time_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inverse_time_decay(lr, t, k):
    """lr / (1 + k t).

    lr: rate at t = 0, t: number from 0, k: number. Returns a number.

    >>> inverse_time_decay(0.1, t=4, k=0.25)
    0.05
    """
    ### BEGIN SOLUTION
    return lr / (1 + k * t)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-inverse_time_decay", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("inverse_time_decay(lr, t, k) -> rate", inverse_time_decay, points=2)
sheet.values("at the start | 开始时", 0.6, 0, 0.5, expect=0.6)
sheet.values("a half, then a third, after 1/k and 2/k | 经过 1/k 和 2/k：一半，三分之一", 0.6, 4, 0.5, expect=0.2)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("any time | 任意时刻", 0.7, 15, 0.4, expect=0.1)
sheet.values("a long time | 很长时间", 5.0, 990, 0.1, expect=0.05)
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "cosine_annealing", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cosine_annealing(lr, t, T, lr_min):
    """Half a cosine, from lr at t = 0 down to lr_min at t = T.

    lr: rate at t = 0, t: number from 0 to T, T: number above 0, lr_min: rate at t = T.
    Returns a number.

    >>> print(round(cosine_annealing(1.0, t=5, T=10, lr_min=0.0), 6))
    0.5
    """
    ### BEGIN SOLUTION
    return lr_min + 0.5 * (lr - lr_min) * (1 + np.cos(np.pi * t / T))
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-cosine_annealing", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("cosine_annealing(lr, t, T, lr_min) -> rate", cosine_annealing, points=3)
sheet.values("at the start | 开始时", 0.9, 0, 12, 0.1, expect=0.9)
sheet.values("a third of the way: three quarters | 三分之一处：还有四分之三", 0.9, 4, 12, 0.1, expect=0.7)
sheet.values("at the end | 结束时", 0.9, 12, 12, 0.1, expect=0.1)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("half way | 半途", 1.0, 15, 30, 0.2, expect=0.6)
sheet.values("two thirds | 三分之二处", 1.0, 20, 30, 0.0, expect=0.25)
sheet.values("a quarter | 四分之一处", 2.0, 2.5, 10, 1.0, expect=1.5 + np.sqrt(1 / 8))
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The four schedules over 100 steps, and what they do for SGD with single rows: the loss above its smallest possible value, averaged over 20 runs.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 四种方案在 100 步里的样子，以及它们对单行 SGD 的作用：损失比最小可能值高出多少，20 次运行的平均。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    schedules = {
        "constant": lambda t: 0.3 + 0 * t,
        "step decay": lambda t: step_decay(0.3, t, 0.5, 20),
        "exponential": lambda t: exponential_decay(0.3, t, 0.04),
        "inverse time": lambda t: inverse_time_decay(0.3, t, 0.1),
        "cosine": lambda t: cosine_annealing(0.3, t, 100, 0.0),
    }
    show(
        curves({name: [float(rate(t)) for t in range(101)] for name, rate in schedules.items()}, "t", "learning rate"),
        alt="five learning rates over 100 steps | 100 步里的五种学习率",
    )

    best = np.linalg.lstsq(x_line, y_line)[0]
    excess = {name: np.zeros(601) for name in schedules}
    for name, rate in schedules.items():
        for run in range(20):
            rng = np.random.default_rng(run)
            theta = theta_start
            for t in range(601):
                excess[name][t] += np.mean((x_line @ (theta - best)) ** 2) / 2 / 20
                grad = minibatch_gradient(theta, x_line, y_line, rng.integers(600, size=1))
                theta = sgd_step(theta, grad, rate(t / 6))
    show(
        curves(excess, "step", "S above its minimum", log=True),
        alt="with a constant rate the loss stops falling; with each schedule it goes on | 学习率不变时损失不再下降；用任何一种方案都会继续下降",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.6 Adaptive learning rates
#
# One $\eta$ for all parameters is a compromise as soon as their gradients differ in size: the steep direction forces a small $\eta$ on the flat one. Could each parameter have a learning rate of its own, and find it by itself?
#
# **AdaGrad** adds up the squares of each parameter's gradients and divides by the root. All operations are entry by entry:
#
# $$\mathbf{s} \leftarrow \mathbf{s} + \nabla^2, \qquad \theta \leftarrow \theta - \eta\, \frac{\nabla}{\sqrt{\mathbf{s}} + \epsilon}$$
#
# A parameter with small or rare gradients gets long steps. Scale the loss by 1,000, and nothing changes: $\nabla$ and $\sqrt{\mathbf{s}}$ grow together. The $\epsilon$ is there only for a parameter that has had no gradient at all, which would be $0/0$; it stands *outside* the root. Note the order: $\mathbf{s}$ takes in
# the present gradient first.
#
# **Exercise 11.** Write `adagrad_step`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.6 自适应学习率
#
# 各个参数的梯度大小一旦不同，共用一个 $\eta$ 就只能折中：陡的方向迫使平的方向也用小的 $\eta$。能不能让每个参数有自己的学习率，而且自己找到它？
#
# **AdaGrad** 把每个参数梯度的平方累加起来，再除以它的平方根。所有运算都逐元素进行：
#
# $$\mathbf{s} \leftarrow \mathbf{s} + \nabla^2, \qquad \theta \leftarrow \theta - \eta\, \frac{\nabla}{\sqrt{\mathbf{s}} + \epsilon}$$
#
# 梯度小或者很少出现的参数，步子就长。把损失放大 1000 倍，什么也不变：$\nabla$ 和 $\sqrt{\mathbf{s}}$ 一同放大。$\epsilon$ 只为从未有过梯度的参数而设，否则就是 $0/0$；它在根号*外面*。注意次序：$\mathbf{s}$ 先把当前的梯度算进去。
#
# **练习 11.** 写出 `adagrad_step`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "adagrad_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adagrad_step(theta, s, grad, lr, eps):
    """s ← s + ∇², then θ ← θ - η ∇ / (√s + ε) with the new s, entry by entry.

    theta, s, grad: arrays of one shape, lr: η, eps: ε. Returns (theta, s).

    >>> adagrad_step(np.array([1.0]), np.array([9.0]), np.array([4.0]), lr=0.5, eps=0.0)
    (array([0.6]), array([25.]))
    """
    ### BEGIN SOLUTION
    s = s + grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-adagrad_step", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("adagrad_step(theta, s, grad, lr, eps) -> theta, s", adagrad_step, points=4)
sheet.values(
    "by hand: roots 5, 13, 5, and ε = 1 | 手算：根是 5、13、5，ε = 1",
    np.array([1.0, -2.0, 0.5]),
    np.array([9.0, 25.0, 16.0]),
    np.array([4.0, -12.0, 3.0]),
    0.5,
    1.0,
    expect={"theta": [1 - 2 / 6, -2 + 6 / 14, 0.5 - 1.5 / 6], "s": [25.0, 169.0, 25.0]},
)
sheet.values(
    "no gradient yet: no step | 还没有梯度：不动",
    np.array([1.0, 2.0]),
    np.array([0.0, 0.0]),
    np.array([0.0, 3.0]),
    0.5,
    1e-10,
    expect={"theta": [1.0, 1.5], "s": [0.0, 9.0]},
)


def again(theta, s, grad, steps):  # steps more with the same gradient, η = 0.5, ε = 0
    for _ in range(steps):
        theta, s = adagrad_step(theta, s, grad, 0.5, 0.0)
    return theta


grad = np.array([0.01, -3.0, 700.0])
sheet.holds(
    "four steps with one gradient: η (1 + 1/√2 + 1/√3 + 1/√4) | 梯度不变走四步：η (1 + 1/√2 + 1/√3 + 1/√4)",
    np.zeros(3),
    np.zeros(3),
    grad,
    0.5,
    0.0,
    that=lambda pair: np.allclose(again(*pair, grad, 3), -0.5 * np.sign(grad) * sum(n**-0.5 for n in (1, 2, 3, 4))),
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any shape | 任意形状",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3, low=0.5, high=4),
    sheet.spaced(2, 3, low=-3, high=3),
    0.3,
    0.2,
    expect=lambda theta, s, grad, lr, eps: {
        "theta": theta - lr * grad / (np.hypot(np.sqrt(s), grad) + eps),
        "s": np.hypot(np.sqrt(s), grad) ** 2,
    },
    weight=2,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# AdaGrad forgets nothing, so its steps get shorter and shorter, like $1/\sqrt{t}$. **RMSProp** forgets: in the place of the sum, a running mean that looks back over about $1/(1 - \rho)$ steps,
#
# $$\mathbf{s} \leftarrow \rho\, \mathbf{s} + (1 - \rho) \nabla^2, \qquad \theta \leftarrow \theta - \eta\, \frac{\nabla}{\sqrt{\mathbf{s}} + \epsilon}$$
#
# **Exercise 12.** Write `rmsprop_step`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# AdaGrad 什么都不忘，步子越来越短，像 $1/\sqrt{t}$。**RMSProp** 会忘：用滑动平均代替求和，大约只看最近 $1/(1 - \rho)$ 步，
#
# $$\mathbf{s} \leftarrow \rho\, \mathbf{s} + (1 - \rho) \nabla^2, \qquad \theta \leftarrow \theta - \eta\, \frac{\nabla}{\sqrt{\mathbf{s}} + \epsilon}$$
#
# **练习 12.** 写出 `rmsprop_step`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "rmsprop_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rmsprop_step(theta, s, grad, lr, rho, eps):
    """s ← ρ s + (1 - ρ) ∇², then θ ← θ - η ∇ / (√s + ε) with the new s, entry by entry.

    theta, s, grad: arrays of one shape, lr: η, rho: ρ, eps: ε. Returns (theta, s).

    >>> rmsprop_step(np.array([1.0]), np.array([7.0]), np.array([1.0]), lr=0.5, rho=0.5, eps=0.0)
    (array([0.75]), array([4.]))
    """
    ### BEGIN SOLUTION
    s = rho * s + (1 - rho) * grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-rmsprop_step", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("rmsprop_step(theta, s, grad, lr, rho, eps) -> theta, s", rmsprop_step, points=4)
sheet.values(
    "by hand: s = 9, 16, 4, and ε = 1 | 手算：s = 9、16、4，ε = 1",
    np.array([1.0, -2.0, 0.5]),
    np.array([11.0, 12.0, 5.0]),
    np.array([-1.0, 5.656854249492381, 0.0]),
    0.5,
    0.8,
    1.0,
    expect={"theta": [1 + 0.5 / 4, -2 - 2.8284271247461903 / 5, 0.5], "s": [9.0, 16.0, 4.0]},
)
sheet.values(
    "no gradient yet: no step | 还没有梯度：不动",
    np.array([1.0, 2.0]),
    np.array([0.0, 0.0]),
    np.array([0.0, 3.0]),
    0.5,
    0.75,
    1e-10,
    expect={"theta": [1.0, 1.0], "s": [0.0, 2.25]},
)


def again(theta, s, grad, steps):  # steps more with the same gradient, η = 0.5, ρ = 0.75, ε = 0
    for _ in range(steps):
        theta, s = rmsprop_step(theta, s, grad, 0.5, 0.75, 0.0)
    return np.concatenate([theta, s])


grad = np.array([0.01, -3.0, 700.0])
sheet.holds(
    "five steps with one gradient: s = (1 - ρ⁵) ∇² | 梯度不变走五步：s = (1 - ρ⁵) ∇²",
    np.zeros(3),
    np.zeros(3),
    grad,
    0.5,
    0.75,
    0.0,
    that=lambda pair: np.allclose(again(*pair, grad, 4)[3:], (1 - 0.75**5) * grad**2, rtol=1e-9),
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any shape | 任意形状",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3, low=0.5, high=4),
    sheet.spaced(2, 3, low=-3, high=3),
    0.3,
    0.9,
    0.2,
    expect=lambda theta, s, grad, lr, rho, eps: {
        "theta": theta - lr * grad / (np.hypot(np.sqrt(rho * s), np.sqrt(1 - rho) * grad) + eps),
        "s": np.hypot(np.sqrt(rho * s), np.sqrt(1 - rho) * grad) ** 2,
    },
    weight=2,
)
sheet.holds(
    "where it is after four steps | 四步之后的位置",
    np.zeros(3),
    np.zeros(3),
    grad,
    0.5,
    0.75,
    0.0,
    that=lambda pair: np.allclose(
        again(*pair, grad, 3)[:3], -0.5 * np.sign(grad) * sum((1 - 0.75**n) ** -0.5 for n in (1, 2, 3, 4))
    ),
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Adam** is RMSProp with momentum: a running mean $\mathbf{m}$ of the gradients (the *first moment*) and one, $\mathbf{v}$, of their squares (the *second moment*; not a velocity).
#
# $$\mathbf{m} \leftarrow \beta_1 \mathbf{m} + (1 - \beta_1) \nabla, \qquad \mathbf{v} \leftarrow \beta_2 \mathbf{v} + (1 - \beta_2) \nabla^2$$
#
# Both start at 0, and that pulls them down. How much? Unroll $\mathbf{m}$ after $t$ steps, and suppose that the gradient is $\nabla$ each time:
#
# $$\mathbf{m}_t = (1 - \beta_1) \sum_{s=1}^{t} \beta_1^{t-s}\, \nabla = (1 - \beta_1^t)\, \nabla$$
#
# The same with $\beta_2$ for $\mathbf{v}$. So divide it out; the corrected moments are used for the step and then thrown away:
#
# $$\hat{\mathbf{m}} = \frac{\mathbf{m}}{1 - \beta_1^t}, \qquad \hat{\mathbf{v}} = \frac{\mathbf{v}}{1 - \beta_2^t}, \qquad \theta \leftarrow \theta - \eta\, \frac{\hat{\mathbf{m}}}{\sqrt{\hat{\mathbf{v}}} + \epsilon}$$
#
# **Exercise 13.** Write `adam_step`. The argument `t` is the number of steps taken before: 0 the first time. Raise it first; in the formulas the first step has $t = 1$.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **Adam** 是带动量的 RMSProp：梯度的滑动平均 $\mathbf{m}$（*一阶矩*），以及梯度平方的滑动平均 $\mathbf{v}$（*二阶矩*，不是速度）。
#
# $$\mathbf{m} \leftarrow \beta_1 \mathbf{m} + (1 - \beta_1) \nabla, \qquad \mathbf{v} \leftarrow \beta_2 \mathbf{v} + (1 - \beta_2) \nabla^2$$
#
# 二者都从 0 开始，因而偏小。小多少？把走了 $t$ 步的 $\mathbf{m}$ 展开，并设每次的梯度都是 $\nabla$：
#
# $$\mathbf{m}_t = (1 - \beta_1) \sum_{s=1}^{t} \beta_1^{t-s}\, \nabla = (1 - \beta_1^t)\, \nabla$$
#
# $\mathbf{v}$ 也一样，换成 $\beta_2$。那就把这个因子除掉；修正后的矩只用于这一步，用完即弃：
#
# $$\hat{\mathbf{m}} = \frac{\mathbf{m}}{1 - \beta_1^t}, \qquad \hat{\mathbf{v}} = \frac{\mathbf{v}}{1 - \beta_2^t}, \qquad \theta \leftarrow \theta - \eta\, \frac{\hat{\mathbf{m}}}{\sqrt{\hat{\mathbf{v}}} + \epsilon}$$
#
# **练习 13.** 写出 `adam_step`。参数 `t` 是此前已走的步数，第一次是 0。先把它加一；公式里第一步的 $t = 1$。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "adam_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps):
    """One step of Adam: t ← t + 1, m and v, their correction, then θ ← θ - η m̂ / (√v̂ + ε).

    theta, m, v, grad: arrays of one shape, t: steps taken so far,
    lr: η, beta1: β₁, beta2: β₂, eps: ε, outside the root.
    Returns (theta, m, v, t), m and v without the correction.

    >>> zero, grad = np.zeros(1), np.array([-5.0])
    >>> theta, m, v, t = adam_step(zero, zero, zero, 0, grad, 0.1, 0.9, 0.999, 0.0)
    >>> theta.round(6), m.round(6), v.round(6), t
    (array([0.1]), array([-0.5]), array([0.025]), 1)
    """
    ### BEGIN SOLUTION
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-adam_step", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
def recount(theta, grads, lr, beta1, beta2, eps):  # the moments as weighted means of all gradients so far
    for t in range(1, len(grads) + 1):
        w1 = np.array([beta1 ** (t - s) for s in range(1, t + 1)])
        w2 = np.array([beta2 ** (t - s) for s in range(1, t + 1)])
        mean, square = w1 @ grads[:t] / w1.sum(), w2 @ grads[:t] ** 2 / w2.sum()
        theta = theta - lr * mean / (np.sqrt(square) + eps)
    return theta


def go_on(theta, m, v, t, grads, *settings):  # as many steps as there are gradients
    for grad in grads:
        theta, m, v, t = adam_step(theta, m, v, t, grad, *settings)
    return theta, t


sheet = Sheet("adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps) -> theta, m, v, t", adam_step, points=6)
zero = np.zeros(3)
grad = np.array([0.5, -4.0, 30.0])
sheet.values(
    "the second step by hand, ε = 1 | 第二步手算，ε = 1",
    np.array([1.0, -2.0]),
    np.array([0.6, -1.2]),
    np.array([4.0, 2.0]),
    1,
    np.array([6.0, 2.0]),
    0.5,
    0.8,
    0.5,
    1.0,
    expect={
        "theta": [1 - 0.5 * (1.68 / 0.36) / ((20 / 0.75) ** 0.5 + 1), -2 + 0.5 * (0.56 / 0.36) / (2 + 1)],
        "m": [1.68, -0.56],
        "v": [20.0, 3.0],
        "t": 2,
    },
    weight=2,
)
sheet.values(
    "the first step is η long, whatever the gradient | 第一步的长度是 η，与梯度大小无关",
    zero,
    zero,
    zero,
    0,
    grad,
    0.1,
    0.9,
    0.99,
    0.0,
    expect={"theta": [-0.1, 0.1, -0.1], "m": [0.05, -0.4, 3.0], "v": [0.0025, 0.16, 9.0], "t": 1},
)
sheet.values(
    "no gradient: no step | 没有梯度：不动",
    np.array([1.0]),
    np.zeros(1),
    np.zeros(1),
    0,
    np.zeros(1),
    0.1,
    0.9,
    0.99,
    1e-8,
    expect={"theta": [1.0]},
)
sheet.holds(
    "with one gradient, each of six steps is η long | 梯度不变，六步每步长 η",
    zero,
    zero,
    zero,
    0,
    grad,
    0.1,
    0.9,
    0.99,
    0.0,
    that=lambda state: np.allclose(go_on(*state, [grad] * 5, 0.1, 0.9, 0.99, 0.0)[0], [-0.6, 0.6, -0.6]),
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def seventh(theta, m, v, t, grad, lr, beta1, beta2, eps):  # t is 6; the weights of the past add up to 1 - β⁷
    past1, past2 = sum(beta1**n for n in range(t + 1)), sum(beta2**n for n in range(t + 1))
    mean = (beta1 * m / (1 - beta1) + grad) / past1
    size = np.hypot(np.sqrt(beta2 * v / (1 - beta2)), grad) / np.sqrt(past2)
    return {
        "theta": theta - lr * mean / (size + eps),
        "m": (1 - beta1) * past1 * mean,
        "v": (1 - beta2) * past2 * size**2,
        "t": 7,
    }


sheet.values(
    "late in training | 训练后期",
    sheet.spaced(2, 3),
    sheet.spaced(2, 3),
    sheet.spaced(2, 3, low=0.5, high=4),
    6,
    sheet.spaced(2, 3, low=-3, high=3),
    0.3,
    0.7,
    0.9,
    0.2,
    expect=seventh,
    weight=2,
)
grads = sheet.spaced(5, 3)
sheet.holds(
    "five different gradients | 五个不同的梯度",
    zero,
    zero,
    zero,
    0,
    grads[0],
    0.2,
    0.8,
    0.95,
    0.1,
    that=lambda state: np.allclose(
        go_on(*state, grads[1:], 0.2, 0.8, 0.95, 0.1)[0], recount(zero, grads, 0.2, 0.8, 0.95, 0.1)
    ),
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# What would happen without the correction? The gradient is 1 in each step; here is how far each step goes, with the usual $\beta_1 = 0.9$, $\beta_2 = 0.999$ and $\eta = 1$. Why are the uncorrected steps too *long*, although both moments are too small?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 没有修正会怎样？设每一步的梯度都是 1，取常用的 $\beta_1 = 0.9$、$\beta_2 = 0.999$，$\eta = 1$，图中是每一步的长度。两个矩都偏小，为什么未修正的步子反而*太长*？

# %% slideshow={"slide_type": "fragment"}
with when_done():
    one, state = np.ones(1), (np.zeros(1), np.zeros(1), np.zeros(1), 0)
    corrected, uncorrected = [], []
    for _ in range(60):
        before = state[0]
        state = adam_step(*state, one, 1.0, 0.9, 0.999, 1e-8)
        corrected.append(float(before[0] - state[0][0]))
        uncorrected.append(float(state[1][0] / np.sqrt(state[2][0])))
    show(
        curves({"with correction": corrected, "without": uncorrected}, "step", "length of the step"),
        alt="with correction every step has length 1; without it the steps are up to seven times as long | 有修正时每步长 1；没有修正时最长达七倍",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.7 A race
#
# All six of your optimisers at the start. Choose the ground:
#
# * **bowl**: equally steep on all sides;
# * **ravine**: 25 times as steep across as along;
# * **Rosenbrock's valley**: a bent ravine; finding the valley is easy, following it is not;
# * **saddle**: at $(0, 0)$ the slope is zero, but it is no minimum.
#
# The rates are on a logarithmic scale, one for SGD, momentum and Nesterov, one for AdaGrad, RMSProp and Adam: a step of the second kind is about $\eta$ long, whatever the gradient, so the two are not comparable. Can you let each of them win once? Which one depends least on your choice of $\eta$?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.7 赛跑
#
# 你写的六个优化器都站到了起点上。请选择地形：
#
# * **碗**：四面一样陡；
# * **峡谷**：横向比纵向陡 25 倍；
# * **Rosenbrock 山谷**：弯曲的峡谷；找到谷底容易，沿着它走不容易；
# * **鞍点**：在 $(0, 0)$ 处坡度为零，却不是极小点。
#
# 学习率用对数刻度，SGD、momentum、Nesterov 共用一个，AdaGrad、RMSProp、Adam 共用另一个：后一类的步长大约就是 $\eta$，与梯度大小无关，所以两者不能直接比较。你能让每一个都赢一次吗？谁对 $\eta$ 的选择最不敏感？


# %% slideshow={"slide_type": "subslide"}
def all_six(ground, lr, lr_adaptive, mu, steps):
    """Paths of the six optimisers on a terrain; both rates as powers of ten."""
    floor = terrain(ground)
    slope, eta, eta_a, zero = floor.slope, 10**lr, 10**lr_adaptive, np.zeros(2)
    moves = {
        "SGD": (lambda theta: (sgd_step(theta, slope(theta), eta),),),
        "momentum": (lambda theta, v: momentum_step(theta, v, slope(theta), eta, mu), zero),
        "Nesterov": (
            lambda theta, v: momentum_step(theta, v, slope(nesterov_lookahead(theta, v, mu)), eta, mu),
            zero,
        ),
        "AdaGrad": (lambda theta, s: adagrad_step(theta, s, slope(theta), eta_a, 1e-8), zero),
        "RMSProp": (lambda theta, s: rmsprop_step(theta, s, slope(theta), eta_a, 0.9, 1e-8), zero),
        "Adam": (
            lambda theta, m, v, t: adam_step(theta, m, v, t, slope(theta), eta_a, 0.9, 0.999, 1e-8),
            zero,
            zero,
            0,
        ),
    }
    return race(floor, {name: walk(move, floor.start, *state, steps=steps) for name, (move, *state) in moves.items()})


race_course = None
with when_done():
    race_course = explore(
        all_six,
        {
            "ground": "ground | 地形",
            "lr": "log₁₀ η, SGD … | log₁₀ η，SGD 等",
            "lr_adaptive": "log₁₀ η, adaptive | log₁₀ η，自适应",
            "mu": "momentum μ | 动量 μ",
            "steps": "steps | 步数",
        },
        ground={
            "ravine": "ravine | 峡谷",
            "bowl": "bowl | 碗",
            "rosenbrock": "Rosenbrock's valley | Rosenbrock 山谷",
            "saddle": "saddle | 鞍点",
        },
        lr=(-3.0, -0.5, 0.05, -1.5),
        lr_adaptive=(-3.0, 0.5, 0.05, -0.7),
        mu=(0.0, 0.99, 0.01, 0.8),
        steps=(1, 300, 1, 80),
    )
race_course

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.8 Everything together
#
# **Exercise 14.** Write `train`: plain SGD, epoch by epoch. In each epoch shuffle anew, make one step for each mini-batch, and at the end of the epoch note the loss $S = \frac1N \sum_i \tfrac12 (\mathbf{x}_i \cdot \theta - y_i)^2$ of *all* rows with the $\theta$ reached by then. You may use your functions from above.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.8 合在一起
#
# **练习 14.** 写出 `train`：普通的 SGD，一个 epoch 接一个 epoch。每个 epoch 都重新打乱，每个小批量走一步；epoch 结束时，用此刻的 $\theta$ 记下*全部*行的损失 $S = \frac1N \sum_i \tfrac12 (\mathbf{x}_i \cdot \theta - y_i)^2$。可以使用上面写好的函数。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(x, y, theta, lr, batch_size, epochs, rng):
    """SGD with mini-batches, shuffled anew in each epoch.

    x: (N, D), y: (N,), theta: (D,) at the start, lr: η, rng: np.random.Generator.
    Returns (theta, losses): the last theta, and a list of the mean loss of all rows after each epoch.

    >>> x, y, rng = np.array([[1.0], [1.0]]), np.array([2.0, 4.0]), np.random.default_rng(0)
    >>> train(x, y, np.zeros(1), 0.5, 2, 3, rng)
    (array([2.625]), [1.625, 0.78125, 0.5703125])
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        for index in minibatches(len(y), batch_size, rng):
            theta = sgd_step(theta, minibatch_gradient(theta, x, y, index), lr)
        losses.append(float(np.mean((x @ theta - y) ** 2) / 2))
    return theta, losses
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-train", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
def after(e, x, y, theta, lr):  # θ after e steps with all rows, for a diagonal x, in closed form
    best, square = y / np.diag(x), np.diag(x) ** 2
    return best + (theta - best) * (1 - lr * square / len(y)) ** e


def gradient_descent(x, y, theta, lr, batch_size, epochs, rng):  # all rows in one batch
    del batch_size, rng
    ends = [after(e, x, y, theta, lr) for e in range(1, epochs + 1)]
    return {"losses": [np.mean((np.diag(x) * end - y) ** 2) / 2 for end in ends], "theta": ends[-1]}


def near(values, target):
    return np.allclose(np.asarray(values, float), target, rtol=1e-9, atol=1e-12)


def alone(theta, epochs, lr):  # rows of the identity, batches of 2: how often each row was the short batch
    return (np.log(1 - theta) - epochs * np.log(1 - lr / 2)) / (np.log(1 - lr) - np.log(1 - lr / 2))


sheet = Sheet("train(x, y, theta, lr, batch_size, epochs, rng) -> theta, losses", train, points=7)
sheet.values(
    "one batch of all rows: gradient descent, four epochs | 全部行为一批：四个 epoch 的梯度下降",
    np.diag([1.0, 2.0, -1.5, 0.5, 1.2]),
    np.array([1.0, -2.0, 3.0, 0.5, 2.0]),
    np.array([0.5, 0.5, -1.0, 2.0, 0.0]),
    0.4,
    5,
    4,
    np.random.default_rng(0),
    expect=gradient_descent,
    weight=2,
)
sheet.values(
    "7 equal rows by 3: three steps an epoch | 7 个相同的行，每批 3 行：每个 epoch 三步",
    np.ones((7, 1)),
    np.full(7, 3.0),
    np.array([1.0]),
    0.25,
    3,
    2,
    np.random.default_rng(0),
    expect={"losses": [2 * 0.75**6, 2 * 0.75**12], "theta": [3 - 2 * 0.75**6]},
)
# Each row of the identity moves an entry of its own, so θ shows which rows were used, and how.
seven = (np.eye(7), np.ones(7), np.zeros(7), 0.6, 3, 1)
sheet.holds(
    "no row twice in an epoch | 一个 epoch 里没有一行用两次",
    *seven,
    np.random.default_rng(0),
    that=lambda pair: all(min(abs(entry - u) for u in (0, 0.2, 0.6)) < 1e-9 for entry in pair[0]),
    why="a row is used more than once in an epoch | 有的行在一个 epoch 里用了不止一次",
    diagnosis="row-twice",
)
sheet.holds(
    "the short batch counts, too | 短的那批也要用",
    *seven,
    np.random.default_rng(0),
    that=lambda pair: np.min(pair[0]) > 0.1,
    why="rows are left out: 7 rows by 3 leave a batch of one row | 有的行漏掉了：7 行每批 3 行，还剩一行的一批",
    diagnosis="last-batch-dropped",
)
sheet.holds(
    "the short batch is divided by its own size | 短的那批除以它自己的行数",
    *seven,
    np.random.default_rng(0),
    that=lambda pair: near(np.sort(pair[0]), [0.2] * 6 + [0.6]),
    why="the mean over the last batch divides by its own number of rows | 最后一批求平均要除以它自己的行数",
    diagnosis="divided-by-batch-size",
)
sheet.holds(
    "the loss is that of all rows, after the epoch | 损失是 epoch 结束后全部行的损失",
    *seven,
    np.random.default_rng(0),
    that=lambda pair: near(pair[1], [(6 * 0.8**2 + 0.4**2) / 14]),
    why="each loss is ½ (x·θ - y)², averaged over all rows, with the θ at the end of the epoch | 每个损失是 ½ (x·θ - y)² 对全部行的平均，θ 取 epoch 结束时的值",
    diagnosis="loss-of-some-rows",
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.holds(
    "a new order in each epoch | 每个 epoch 顺序都不同",
    np.eye(5),
    np.ones(5),
    np.zeros(5),
    0.3,
    2,
    14,
    np.random.default_rng(1),
    that=lambda pair: near(np.sum(alone(pair[0], 14, 0.3)), 14) and np.max(alone(pair[0], 14, 0.3)) < 13.5,
    why="the rows come in the same order in every epoch; shuffle at the beginning of each | 每个 epoch 的行序都一样；应在每个 epoch 开始时打乱",
    diagnosis="not-reshuffled",
)
x, theta = sheet.spaced(11, 3), np.array([1.5, -0.5, 2.0])
sheet.holds(
    "x and y stay together: a perfect θ stays | x 和 y 不拆散：完美的 θ 不动",
    x,
    x @ theta,
    theta,
    0.1,
    4,
    3,
    np.random.default_rng(2),
    that=lambda pair: near(pair[0], theta) and near(pair[1], np.zeros(3)),
    why="x and y are shuffled apart | x 和 y 没有用同一个顺序打乱",
    diagnosis="rows-apart",
)
y, ends = sheet.spaced(11), []
for seed in (3, 4):
    sheet.holds(
        "the order comes from rng | 顺序来自 rng",
        x,
        y,
        np.zeros(3),
        0.1,
        4,
        2,
        np.random.default_rng(seed),
        that=lambda pair: ends.append(np.array(pair[0])) or len(ends) < 2 or not near(ends[0], ends[1]),
        why="two different generators give the same result | 两个不同的生成器给出同样的结果",
        diagnosis="generator-ignored",
        weight=0.5,
    )
sheet.values(
    "one row after the other, all the same | 逐行进行，各行相同",
    np.ones((6, 1)),
    np.full(6, 3.0),
    np.array([1.0]),
    0.25,
    1,
    2,
    np.random.default_rng(5),
    expect={"losses": [2 * 0.75**12, 2 * 0.75**24], "theta": [3 - 2 * 0.75**12]},
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# And on real pictures. Threes against eights once more, by least squares: $y = -1$ for a three, $+1$ for an eight, 64 pixels and a constant 1, so $D = 65$. Your `train` first, then the same batches with momentum and with Adam. How many epochs does each need to where SGD is after 30?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 再来看真实的图像。又是 3 和 8，这次用最小二乘：3 的 $y = -1$，8 的 $y = +1$；64 个像素加一个常数 1，所以 $D = 65$。先用你的 `train`，再用同样的批次配合 momentum 和 Adam。SGD 用 30 个 epoch 达到的地方，另外两个各需要几个？


# %% slideshow={"slide_type": "fragment"}
def threes_and_eights(split):
    """Rows of 64 pixels and a constant 1; -1 for a three, +1 for an eight."""
    images, labels = digits(split)
    chosen = (labels == 3) | (labels == 8)
    pixels = images[chosen].reshape(-1, 64)
    return np.hstack([pixels, np.ones((len(pixels), 1))]), np.where(labels[chosen] == 8, 1.0, -1.0)


def epochs_of(move, theta, *state, epochs=30):
    """Mean loss of all rows after each epoch of an optimiser; move(grad, theta, *state) makes a step."""
    rng, losses = np.random.default_rng(0), []
    for _ in range(epochs):
        for index in minibatches(len(y_digits), 16, rng):
            theta, *state = move(minibatch_gradient(theta, x_digits, y_digits, index), theta, *state)
        losses.append(float(np.mean((x_digits @ theta - y_digits) ** 2) / 2))
    return theta, losses


x_digits, y_digits = threes_and_eights("train")
x_new, y_new = threes_and_eights("test")

with when_done():
    zero = np.zeros(65)
    runs = {
        "SGD": train(x_digits, y_digits, zero, 0.03, 16, 30, np.random.default_rng(0)),
        "momentum": epochs_of(lambda g, theta, v: momentum_step(theta, v, g, 0.03, 0.8), zero, zero),
        "Adam": epochs_of(
            lambda g, theta, m, v, t: adam_step(theta, m, v, t, g, 0.01, 0.9, 0.999, 1e-8), zero, zero, zero, 0
        ),
    }
    for name, (theta, losses) in runs.items():
        right = np.mean((x_new @ theta > 0) == (y_new > 0))
        print(f"{name:9} loss {losses[-1]:.4f}, {100 * right:.1f} % of {len(y_new)} new pictures right")
    show(
        curves({name: losses for name, (_, losses) in runs.items()}, "epoch", "loss", log=True),
        alt="losses of SGD, momentum and Adam over 30 epochs | SGD、momentum、Adam 在 30 个 epoch 里的损失",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.9 What you have now
#
# | method | state | what it adds | paper |
# |---|---|---|---|
# | SGD | none | a cheap, unbiased, noisy gradient | Robbins & Monro 1951 |
# | momentum | $\mathbf{v}$ | speed along the ravine, calm across | Polyak 1964 |
# | Nesterov | $\mathbf{v}$ | looks ahead, brakes in time | Nesterov 1983; Sutskever et al. 2013 |
# | annealing | $t$ | the cloud shrinks | Robbins & Monro 1951 |
# | AdaGrad | $\mathbf{s}$ | a rate for each parameter | Duchi et al. 2011 |
# | RMSProp | $\mathbf{s}$ | … that forgets | Tieleman & Hinton 2012 |
# | Adam | $\mathbf{m}, \mathbf{v}, t$ | … and has momentum | Kingma & Ba 2015 |
#
# What all of them need is $\nabla L$. For a deep network with millions of parameters, that is the subject of notebook 4. First comes the layer that made deep networks work on pictures: notebook 3.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.9 小结
#
# | 方法 | 状态 | 增加了什么 | 论文 |
# |---|---|---|---|
# | SGD | 无 | 便宜、无偏、有噪声的梯度 | Robbins & Monro 1951 |
# | momentum | $\mathbf{v}$ | 沿谷加速，横向平稳 | Polyak 1964 |
# | Nesterov | $\mathbf{v}$ | 向前看，及时刹车 | Nesterov 1983；Sutskever 等 2013 |
# | 退火 | $t$ | 徘徊的云缩小 | Robbins & Monro 1951 |
# | AdaGrad | $\mathbf{s}$ | 每个参数有自己的学习率 | Duchi 等 2011 |
# | RMSProp | $\mathbf{s}$ | ……而且会忘 | Tieleman & Hinton 2012 |
# | Adam | $\mathbf{m}, \mathbf{v}, t$ | ……还有动量 | Kingma & Ba 2015 |
#
# 它们都需要 $\nabla L$。对有几百万个参数的深层网络怎样求它，是第 4 课的内容。在那之前，第 3 课先讲使深层网络在图像上取得成功的那种层。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question 2.** A colleague trains a network with SGD and $\eta = 0.1$. The loss falls quickly for two epochs and then jumps up and down around 0.5. With $\eta = 0.01$ it falls smoothly, but after 50 epochs it is still at 0.8. (a) Explain both curves with what you have seen in 2.3. (b) Suggest two different changes and say what
# each should do to the curve. (c) He tries Adam with $\eta = 0.1$, and the loss explodes. Why is 0.1 not "the same" learning rate?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题 2.** 一位同事用 SGD 训练网络，$\eta = 0.1$。损失在头两个 epoch 下降很快，然后在 0.5 上下跳动。$\eta = 0.01$ 时下降平稳，但 50 个 epoch 后还在 0.8。(a) 用 2.3 节看到的现象解释这两条曲线。(b) 提出两种不同的改法，并说明各自会使曲线怎样变化。(c) 他改用 Adam，$\eta = 0.1$，损失爆炸了。为什么这个 0.1 不是“同一个”学习率？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-curves", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) η = 0.1 is quick, but near the minimum the gradients of single batches don't vanish and the cloud, of variance ∝ ησ²/M, is large (or the steepest direction is near its limit 2/λ_max and swings); η = 0.01 has a cloud ten times smaller, but makes only a tenth of the way in the flat directions (1 point). (b) Any two, a point together: anneal from 0.1, and the curve falls on
# where it jumped; larger batches, and the jumps become smaller like 1/√M; momentum with the small η, and the flat directions go up to 1/(1 − μ) times faster; an adaptive method (1 point; both must come with their effect). (c) Adam divides by the size of the gradient: each parameter moves about η in each step, whatever the gradient (1 point). SGD moves η|∇|, and typical
# gradients are much smaller than 1, so 0.1 is a far longer step for Adam; usual is 0.001 (1 point).
#
# (a) η = 0.1 走得快，但在极小点附近各批次的梯度并不为零，云的方差 ∝ ησ²/M，因而很大（或者最陡的方向接近上限 2/λ_max，来回摆动）；η = 0.01 的云小十倍，但在平的方向上只走了十分之一的路（1 分）。(b) 任意两种，合计 1 分，都要说明效果：从 0.1 开始退火，原来跳动处继续下降；加大批量，跳动按 1/√M 变小；小的 η 加 momentum，平的方向最多快 1/(1 − μ) 倍；改用自适应方法。
# (c) Adam 除以梯度的大小：不管梯度多大，每个参数每步大约移动 η（1 分）。SGD 移动 η|∇|，通常梯度远小于 1，所以 0.1 对 Adam 是长得多的一步；常用 0.001（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 2.10 A challenge: noise that dies out by itself
#
# Annealing buys rest with slowness. There is another way. At the best $\theta$ the gradients of single rows cancel but do not vanish: that is all the noise there is. Suppose you know the full gradient at one nearby point $\tilde\theta$, computed once an epoch. Then
#
# $$\mathbf{g} = \nabla L_i(\theta) - \nabla L_i(\tilde\theta) + \nabla S(\tilde\theta)$$
#
# is an estimate, too. Show on paper that it is unbiased, and that its variance goes to 0 when $\theta$ and $\tilde\theta$ both approach $\theta^*$. So a *constant* $\eta$ will do, and convergence is as fast as with full gradients. The method is called SVRG (Johnson & Zhang 2013). Program it with your functions and
# compare it with plain SGD at the same $\eta$ and the same number of row gradients. What does it cost in memory, and why is it rarely used for deep networks? (Defazio & Bottou 2019 measured it.)
#
# This one is not graded. The cell below draws plain SGD; add yours.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 2.10 挑战：自行消失的噪声
#
# 退火是用慢换来静。还有另一条路。在最优的 $\theta$ 处，单行的梯度互相抵消，却不为零：噪声全部由此而来。假设在附近一点 $\tilde\theta$ 处你知道完整的梯度，每个 epoch 只算一次。那么
#
# $$\mathbf{g} = \nabla L_i(\theta) - \nabla L_i(\tilde\theta) + \nabla S(\tilde\theta)$$
#
# 也是一个估计。请在纸上证明它是无偏的，并且当 $\theta$ 和 $\tilde\theta$ 都趋近 $\theta^*$ 时它的方差趋于 0。所以*不变*的 $\eta$ 就够了，收敛与用完整梯度一样快。这个方法叫 SVRG（Johnson & Zhang 2013）。请用你的函数写出来，取相同的 $\eta$ 和相同的单行梯度次数，与普通 SGD 比较。它要多用多少内存？为什么在深层网络上很少用它？（Defazio & Bottou 2019 做过测量。）
#
# 这一题不计分。下面的单元格画出普通 SGD，请加上你的。

# %% slideshow={"slide_type": "skip"}
with when_done():
    best = np.linalg.lstsq(x_line, y_line)[0]
    rng, theta, distance = np.random.default_rng(0), theta_start, []
    for _ in range(20):
        for index in minibatches(600, 1, rng):
            theta = sgd_step(theta, minibatch_gradient(theta, x_line, y_line, index), 0.05)
        distance.append(float(np.linalg.norm(theta - best)))
    show(
        curves({"SGD": distance}, "epoch", "distance from the best θ", log=True),
        alt="the distance of plain SGD stops falling | 普通 SGD 的距离不再减小",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# ## Further reading
#
# * H. Robbins, S. Monro, "A stochastic approximation method", *Annals of Mathematical Statistics* 22, 1951: the conditions on the rates, and the whole idea.
# * L. Bottou, F. E. Curtis, J. Nocedal, "Optimization methods for large-scale machine learning", *SIAM Review* 60, 2018: section 3 (why stochastic), section 4 (convergence, the cloud of constant $\eta$), section 5 (noise reduction, SVRG among it).
# * S. Ruder, "An overview of gradient descent optimization algorithms", arXiv:1609.04747, 2016: section 4, all methods of this notebook side by side.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, 2016: sections 8.1.3 (batches), 8.3 (momentum, Nesterov), 8.5 (adaptive rates).
# * I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum in deep learning", *ICML* 2013: section 2, momentum and Nesterov in the form used here.
# * J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods", *JMLR* 12, 2011: section 1.1. T. Tieleman, G. Hinton, *Neural Networks for Machine Learning*, lecture 6.5, 2012. D. P. Kingma, J. Ba, "Adam", *ICLR* 2015: algorithm 1 and section 3 (the correction).
# * I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", *ICLR* 2017: section 3, the cosine.
# * G. Goh, "Why momentum really works", *Distill*, 2017: the eigenvalues of 2.3 and 2.4, to play with.

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# ## 延伸阅读
#
# * H. Robbins, S. Monro，“A stochastic approximation method”，*Annals of Mathematical Statistics* 22，1951：收敛条件，也是全部思想的出处。
# * L. Bottou, F. E. Curtis, J. Nocedal，“Optimization methods for large-scale machine learning”，*SIAM Review* 60，2018：第 3 节（为什么要随机）、第 4 节（收敛性，$\eta$ 不变时的云）、第 5 节（降低噪声，包括 SVRG）。
# * S. Ruder，“An overview of gradient descent optimization algorithms”，arXiv:1609.04747，2016：第 4 节，本课的各种方法并列比较。
# * I. Goodfellow, Y. Bengio, A. Courville，*Deep Learning*，2016：8.1.3 节（批量）、8.3 节（momentum、Nesterov）、8.5 节（自适应学习率）。
# * I. Sutskever, J. Martens, G. Dahl, G. Hinton，“On the importance of initialization and momentum in deep learning”，*ICML* 2013：第 2 节，momentum 和 Nesterov，形式与本课相同。
# * J. Duchi, E. Hazan, Y. Singer，“Adaptive subgradient methods”，*JMLR* 12，2011：1.1 节。T. Tieleman, G. Hinton，*Neural Networks for Machine Learning*，第 6.5 讲，2012。D. P. Kingma, J. Ba，“Adam”，*ICLR* 2015：算法 1 和第 3 节（修正）。
# * I. Loshchilov, F. Hutter，“SGDR: stochastic gradient descent with warm restarts”，*ICLR* 2017：第 3 节，余弦。
# * G. Goh，“Why momentum really works”，*Distill*，2017：可以动手玩的 2.3 和 2.4 节的特征值。
