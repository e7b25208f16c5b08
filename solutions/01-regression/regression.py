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
# # 1. From logistic regression to a network with one hidden layer
#
# Somebody gives you $N$ pictures $x_1, \dots, x_N$ and tells you what each one shows: the labels $y_1, \dots, y_N$. Then comes a new picture $x$,
# and no label. What does it show?
#
# By the end of this notebook you can
#
# * say what a feed-forward network *is*: a conditional probability $p(y \mid x, \theta)$;
# * derive a loss from it by maximum likelihood, and its gradient with pencil and paper;
# * program four models, each one step further than the last, so that they are right to the last digits and never overflow;
# * train them on points in the plane and on real handwritten digits, and say why one fails where another succeeds.
#
# You need NumPy and the chain rule. Plan 90 to 120 minutes.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 1. 从 logistic 回归到单隐层网络
#
# 有人给你 $N$ 张图 $x_1, \dots, x_N$，并告诉你每张图上是什么，即标签 $y_1, \dots, y_N$。现在来了一张新图 $x$，没有标签。它是什么？
#
# 学完这一课，你能够
#
# * 说清楚前馈神经网络*是*什么：一个条件概率 $p(y \mid x, \theta)$；
# * 用最大似然导出损失函数，并用纸笔求出它的梯度；
# * 写出四个逐步推进的模型，数值精确到最后几位，而且永不溢出；
# * 用平面上的点和真实的手写数字训练它们，并说明为什么这一个做得到，那一个做不到。
#
# 需要的只是 NumPy 和链式法则。大约 90 到 120 分钟。

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from chainrule.check import Sheet, when_done
from chainrule.data import blobs, digits, moons, one_hot, rings

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.1 The logistic function
#
# A score $z$ can be any number; a probability must lie between 0 and 1. The logistic function takes one to the other:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Two properties will be used again and again: $\sigma(-z) = 1 - \sigma(z)$ and $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$.
#
# **Exercise 1.** Write `sigmoid`. A computer's $e^{z}$ overflows near $z = 710$, so $e^{z}/(1 + e^{z})$ becomes $\infty/\infty$, which is not a
# number. Your function must give the right value for every $z$ from $-1000$ to $1000$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.1 logistic 函数
#
# 得分 $z$ 可以是任何实数，概率却必须在 0 和 1 之间。logistic 函数把前者变成后者：
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# 有两条性质会反复用到：$\sigma(-z) = 1 - \sigma(z)$，以及 $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$。
#
# **练习 1.** 写出 `sigmoid`。计算机上的 $e^{z}$ 在 $z = 710$ 附近溢出，于是 $e^{z}/(1 + e^{z})$ 成了 $\infty/\infty$，不再是数。
# 你的函数要对 $-1000$ 到 $1000$ 之间的每一个 $z$ 都给出正确的值。


# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """The logistic function 1 / (1 + exp(-z)), entry by entry.

    z: array of any shape. Returns an array of the same shape; no overflow for |z| up to 1000.

    >>> sigmoid(np.array([0.0, 1000.0]))
    array([0.5, 1. ])
    """
    ### BEGIN SOLUTION
    decay = np.exp(-np.abs(z))  # never above 1
    return np.where(z >= 0, 1.0, decay) / (1.0 + decay)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-sigmoid", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("sigmoid(z) -> a", sigmoid, points=3)
sheet.values(
    "σ(0) = 1/2, σ(ln 3) = 3/4 | σ(0) = 1/2，σ(ln 3) = 3/4", np.log([1.0, 3.0, 1 / 3]), expect=[0.5, 0.75, 0.25]
)
sheet.values("no overflow at ±1000 | 在 ±1000 处不溢出", np.array([-1000.0, 0.0, 1000.0]), expect=[0.0, 0.5, 1.0])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "arrays of several axes | 多维数组",
    sheet.spaced(2, 3, 4, low=-8, high=8),
    expect=lambda z: (1 + np.tanh(z / 2)) / 2,
)
sheet.values(
    "large and small together | 大小悬殊的输入",
    np.array([[-720.0, 700.0], [30.0, -30.0], [720.0, -2.0]]),
    expect=lambda z: (1 + np.tanh(z / 2)) / 2,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.2 The linear score
#
# The first model of the notes has one weight for each input and a bias:
#
# $$z = \mathbf{x} \cdot \mathbf{w} + b, \qquad a = \sigma(z)$$
#
# $a$ is read as $p(y = 1 \mid \mathbf{x}, \theta)$ with $\theta = (\mathbf{w}, b)$. With a batch of $M$ inputs as the rows of a matrix `x` (M, D),
# all the scores come from one matrix product.
#
# **Exercise 2.** Write `logistic_forward`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.2 线性得分
#
# 讲义的第一个模型，给每个输入一个权重，再加一个偏置：
#
# $$z = \mathbf{x} \cdot \mathbf{w} + b, \qquad a = \sigma(z)$$
#
# $a$ 读作 $p(y = 1 \mid \mathbf{x}, \theta)$，其中 $\theta = (\mathbf{w}, b)$。把一批 $M$ 个输入作为矩阵 `x` (M, D) 的行，一次矩阵乘法就得到全部得分。
#
# **练习 2.** 写出 `logistic_forward`。


# %% nbgrader={"grade": false, "grade_id": "logistic_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def logistic_forward(x, w, b):
    """Activation a = sigmoid(x·w + b) of each row.

    x: (M, D), w: (D,), b: number. Returns a: (M,).

    >>> logistic_forward(np.array([[1.0, 2.0]]), np.array([2.0, -1.0]), 0.0)
    array([0.5])
    """
    ### BEGIN SOLUTION
    return sigmoid(x @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-logistic_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("logistic_forward(x, w, b) -> a", logistic_forward, points=2)
sheet.values(
    "two rows by hand | 手算两行",
    np.array([[1.0, 2.0], [0.0, 0.0]]),
    np.array([2.0, -1.0]),
    np.log(3.0),
    expect=[0.75, 0.75],
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any batch | 任意批量",
    sheet.spaced(3, 5),
    sheet.spaced(5),
    -0.7,
    expect=lambda x, w, b: [1 / (1 + np.exp(-b - sum(p * q for p, q in zip(row, w)))) for row in x],
)
sheet.values("one row, one input | 一行一列", np.array([[2.0]]), np.array([-3.0]), 1.0, expect=[1 / (1 + np.exp(5.0))])
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.3 A first loss: the squared error
#
# How good are $\mathbf{w}$ and $b$? The obvious answer, and the notes' *non-probabilistic* model, is the squared distance from label to activation:
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \lVert y_i - a_i \rVert^2$$
#
# We take the mean over the batch instead of the sum: the minimum is the same, and the size of the gradient no longer depends on $M$. By the chain rule
#
# $$L = \frac{1}{M}\sum_i (y_i - a_i)^2, \qquad
# \frac{\partial L}{\partial z_i} = \frac{2}{M}\,(a_i - y_i)\,\sigma'(z_i), \qquad
# \frac{\partial L}{\partial \mathbf{w}} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{x}_i, \qquad
# \frac{\partial L}{\partial b} = \sum_i \frac{\partial L}{\partial z_i}$$
#
# **Exercise 3.** Write `squared_loss`: the loss and both gradients.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.3 第一个损失：平方误差
#
# $\mathbf{w}$ 和 $b$ 选得好不好？最自然的衡量，也就是讲义里的*非概率模型*，是标签与激活值之间距离的平方：
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \lVert y_i - a_i \rVert^2$$
#
# 这里不取和，而取一批样本的平均：极小点不变，梯度的大小却不再随 $M$ 变化。由链式法则
#
# $$L = \frac{1}{M}\sum_i (y_i - a_i)^2, \qquad
# \frac{\partial L}{\partial z_i} = \frac{2}{M}\,(a_i - y_i)\,\sigma'(z_i), \qquad
# \frac{\partial L}{\partial \mathbf{w}} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{x}_i, \qquad
# \frac{\partial L}{\partial b} = \sum_i \frac{\partial L}{\partial z_i}$$
#
# **练习 3.** 写出 `squared_loss`：返回损失和两个梯度。


# %% nbgrader={"grade": false, "grade_id": "squared_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squared_loss(x, y, w, b):
    """Mean of (y - a)² over the batch, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns (loss, dw (D,), db).

    >>> squared_loss(np.array([[1.0]]), np.array([1.0]), np.array([0.0]), 0.0)[0]
    0.25
    """
    ### BEGIN SOLUTION
    a = logistic_forward(x, w, b)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return np.mean((y - a) ** 2), x.T @ dz, dz.sum()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-squared_loss", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def mean_square(x, y, w, b):  # the notes' formula, as it stands
    return np.mean((y - 1 / (1 + np.exp(-(x @ w + b)))) ** 2)


sheet = Sheet("squared_loss(x, y, w, b) -> loss, dw, db", squared_loss, points=5)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), np.array([1.0, 0.0, 1.0])
sheet.values("1/4 when all weights are 0 | 权重全为 0 时是 1/4", x, y, np.zeros(2), 0.0, expect={"loss": 0.25})
sheet.gradient("gradient | 梯度", x, y, np.array([0.4, -0.8]), 0.3, of=mean_square, weight=2)
### BEGIN HIDDEN TESTS
sheet.hidden()
y = np.array([0.0, 1.0, 1.0, 0.0, 1.0])
sheet.values(
    "loss of any batch | 任意批量的损失",
    sheet.spaced(5, 3),
    y,
    sheet.spaced(3),
    0.2,
    expect=lambda x, y, w, b: {
        "loss": sum((t - (1 + np.tanh((r @ w + b) / 2)) / 2) ** 2 for r, t in zip(x, y)) / len(y)
    },
)
sheet.gradient("gradient of any batch | 任意批量的梯度", sheet.spaced(5, 3), y, sheet.spaced(3), 0.2, of=mean_square)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.4 A better loss: maximum likelihood
#
# A feed-forward network describes a conditional probability $p(y \mid x, \theta)$. Then there is a principle that tells us what to minimise: choose the
# $\theta$ under which the labels that we saw were most probable,
#
# $$\theta^* = \operatorname{argmax}_\theta S(\theta), \qquad S(\theta) \equiv \frac{1}{n} \sum_{i=1}^n \log p(y_i \mid x_i, \theta).$$
#
# With two classes, $p(y_i \mid x_i, \theta) = a_i^{y_i} (1 - a_i)^{1 - y_i}$, hence
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right],$$
#
# the *cross entropy*. Its gradient is simpler than that of the squared error, because the $\sigma'$ cancels:
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}(a_i - y_i)$$
#
# **Exercise 4.** Write `cross_entropy_loss`. Once $a$ has been rounded to 0 or 1, $\ln$ of it is lost; so compute the loss from $z$:
# $-\ln \sigma(z) = \ln(1 + e^{-z})$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.4 更好的损失：最大似然
#
# 一个前馈神经网络描述一个条件概率 $p(y \mid x, \theta)$。这样就有了一条原则，告诉我们该最小化什么：选取 $\theta$，使我们看到的这些标签出现的概率最大，
#
# $$\theta^* = \operatorname{argmax}_\theta S(\theta), \qquad S(\theta) \equiv \frac{1}{n} \sum_{i=1}^n \log p(y_i \mid x_i, \theta).$$
#
# 只有两类时，$p(y_i \mid x_i, \theta) = a_i^{y_i} (1 - a_i)^{1 - y_i}$，于是
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right],$$
#
# 这就是*交叉熵*。它的梯度比平方误差的还简单，因为 $\sigma'$ 恰好消去了：
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}(a_i - y_i)$$
#
# **练习 4.** 写出 `cross_entropy_loss`。$a$ 一旦舍入成 0 或 1，再取 $\ln$ 就来不及了；所以要直接从 $z$ 计算损失：$-\ln \sigma(z) = \ln(1 + e^{-z})$。


# %% nbgrader={"grade": false, "grade_id": "cross_entropy_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy_loss(x, y, w, b):
    """Mean of -y ln a - (1 - y) ln(1 - a) over the batch, computed from z, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns (loss, dw (D,), db); no overflow for |z| up to 1000.

    >>> cross_entropy_loss(np.array([[1.0]]), np.array([0.0]), np.array([1000.0]), 0.0)[0]
    1000.0
    """
    ### BEGIN SOLUTION
    z = x @ w + b
    dz = (sigmoid(z) - y) / len(y)
    return np.mean(np.logaddexp(0, z) - y * z), x.T @ dz, dz.sum()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-cross_entropy_loss", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
def cross_entropy(x, y, w, b):  # the notes' formula, as it stands; it overflows where yours must not
    a = 1 / (1 + np.exp(-(x @ w + b)))
    return np.mean(-y * np.log(a) - (1 - y) * np.log(1 - a))


sheet = Sheet("cross_entropy_loss(x, y, w, b) -> loss, dw, db", cross_entropy_loss, points=6)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), np.array([1.0, 0.0, 1.0])
sheet.values("ln 2 when all weights are 0 | 权重全为 0 时是 ln 2", x, y, np.zeros(2), 0.0, expect={"loss": np.log(2)})
sheet.values(
    "z = ±1000, half of them wrong | z = ±1000，一半判错",
    np.array([[1.0], [1.0], [-1.0], [-1.0]]),
    np.array([1.0, 0.0, 1.0, 0.0]),
    np.array([1000.0]),
    0.0,
    expect={"loss": 500.0, "dw": [0.5], "db": 0.0},
)
sheet.gradient("gradient | 梯度", x, y, np.array([0.4, -0.8]), 0.3, of=cross_entropy, weight=2)
### BEGIN HIDDEN TESTS
sheet.hidden()
y = np.array([0.0, 1.0, 1.0, 0.0, 1.0])
sheet.values(
    "loss of any batch | 任意批量的损失",
    sheet.spaced(5, 3),
    y,
    sheet.spaced(3),
    0.2,
    expect=lambda x, y, w, b: {"loss": sum(np.log1p(np.exp((1 - 2 * t) * (r @ w + b))) for r, t in zip(x, y)) / len(y)},
)
sheet.gradient("gradient of any batch | 任意批量的梯度", sheet.spaced(5, 3), y, sheet.spaced(3), 0.2, of=cross_entropy)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# **Exercise 5.** Write `log_likelihood`, the notes' $S(\theta)$ itself for the logistic model. What does it have to do with exercise 4?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# **练习 5.** 对 logistic 模型写出 `log_likelihood`，即讲义中的 $S(\theta)$ 本身。它和练习 4 是什么关系？


# %% nbgrader={"grade": false, "grade_id": "log_likelihood", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_likelihood(x, y, w, b):
    """S(θ), the mean of ln p(y | x, θ) over the batch.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns a number that is never positive.

    >>> log_likelihood(np.array([[1.0]]), np.array([0.0]), np.array([1000.0]), 0.0)
    -1000.0
    """
    ### BEGIN SOLUTION
    return -cross_entropy_loss(x, y, w, b)[0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-log_likelihood", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("log_likelihood(x, y, w, b) -> S", log_likelihood, points=2)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), np.array([1.0, 0.0, 1.0])
sheet.values("−ln 2 when all weights are 0 | 权重全为 0 时是 −ln 2", x, y, np.zeros(2), 0.0, expect=-np.log(2))
sheet.values(
    "p = 3/4, 3/4 and 1/4 | 概率为 3/4、3/4、1/4",
    np.array([[1.0], [-1.0], [-1.0]]),
    np.array([1.0, 0.0, 1.0]),
    np.log([3.0]),
    0.0,
    expect=np.log([0.75, 0.75, 0.25]).mean(),
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any batch | 任意批量",
    sheet.spaced(4, 3),
    np.array([0.0, 1.0, 1.0, 0.0]),
    sheet.spaced(3),
    0.2,
    expect=lambda x, y, w, b: np.mean(np.log([1 / (1 + np.exp((1 - 2 * t) * (r @ w + b))) for r, t in zip(x, y)])),
)
sheet.values(
    "large scores | 很大的得分", np.array([[1.0], [1.0]]), np.array([1.0, 0.0]), np.array([900.0]), 0.0, expect=-450.0
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.5 A hidden layer
#
# A single $\mathbf{w}$ can only draw a straight line between two classes. The third model of the notes puts a layer in between, that bends the plane first:
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad z = \mathbf{h} \cdot \mathbf{w}_a + b_a, \qquad a = \sigma(z)$$
#
# Without $f$, two linear maps would be one linear map. Here $f = \tanh$.
#
# **Exercise 6.** Write `hidden_layer`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.5 隐层
#
# 单独一个 $\mathbf{w}$ 只能在两类之间画一条直线。讲义的第三个模型在中间加了一层，先把平面弯一弯：
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad z = \mathbf{h} \cdot \mathbf{w}_a + b_a, \qquad a = \sigma(z)$$
#
# 没有 $f$，两个线性映射合起来仍是一个线性映射。这里取 $f = \tanh$。
#
# **练习 6.** 写出 `hidden_layer`。


# %% nbgrader={"grade": false, "grade_id": "hidden_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hidden_layer(x, W_h, b_h):
    """Hidden units h = tanh(x W_h + b_h).

    x: (M, D), W_h: (D, H), b_h: (H,). Returns h: (M, H).

    >>> hidden_layer(np.zeros((1, 2)), np.ones((2, 3)), np.zeros(3))
    array([[0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return np.tanh(x @ W_h + b_h)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-hidden_layer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("hidden_layer(x, W_h, b_h) -> h", hidden_layer, points=2)
sheet.values(
    "by hand: tanh(ln 2) = 3/5 | 手算：tanh(ln 2) = 3/5",
    np.log([[2.0, 1.0], [4.0, 2.0]]),
    np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]),
    np.zeros(3),
    expect=[[3 / 5, 0, -3 / 5], [15 / 17, 3 / 5, -3 / 5]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any batch, with a bias | 任意批量，带偏置",
    sheet.spaced(3, 2),
    sheet.spaced(2, 4),
    sheet.spaced(4),
    expect=lambda x, W, b: [[2 / (1 + np.exp(-2 * (r @ W[:, k] + b[k]))) - 1 for k in range(len(b))] for r in x],
)
sheet.values(
    "far out it is ±1 | 远处趋于 ±1",
    np.array([[1000.0], [-1000.0]]),
    np.array([[1.0, -1.0]]),
    np.zeros(2),
    expect=[[1.0, -1.0], [-1.0, 1.0]],
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# **Exercise 7.** Write `binary_network_loss`: cross entropy of the network with one hidden layer, and the gradient for every parameter. Go backwards:
# $\partial L/\partial z_i = (a_i - y_i)/M$ as before; from there to $\mathbf{w}_a$, $b_a$ and $\mathbf{h}$; through $\tanh$, whose derivative is
# $1 - h^2$; and on to $\mathbf{W}_h$, $\mathbf{b}_h$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# **练习 7.** 写出 `binary_network_loss`：单隐层网络的交叉熵，以及对每个参数的梯度。从后往前走：$\partial L/\partial z_i = (a_i - y_i)/M$ 和前面一样；
# 由它得到 $\mathbf{w}_a$、$b_a$ 和 $\mathbf{h}$ 的梯度；穿过 $\tanh$，它的导数是 $1 - h^2$；最后到 $\mathbf{W}_h$、$\mathbf{b}_h$。


# %% nbgrader={"grade": false, "grade_id": "binary_network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    """Mean cross entropy of the network with one hidden layer for two classes, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, W_h: (D, H), b_h: (H,), w_a: (H,), b_a: number.
    Returns (loss, {"W_h": (D, H), "b_h": (H,), "w_a": (H,), "b_a": number}).
    """
    ### BEGIN SOLUTION
    h = hidden_layer(x, W_h, b_h)
    loss, dw_a, db_a = cross_entropy_loss(h, y, w_a, b_a)
    dz = (logistic_forward(h, w_a, b_a) - y) / len(y)
    dz_h = np.outer(dz, w_a) * (1 - h**2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0), "w_a": dw_a, "b_a": db_a}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-binary_network_loss", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
def binary_network(x, y, W_h, b_h, w_a, b_a):  # the notes' formulas, as they stand
    a = 1 / (1 + np.exp(-(np.tanh(x @ W_h + b_h) @ w_a + b_a)))
    return np.mean(-y * np.log(a) - (1 - y) * np.log(1 - a))


sheet = Sheet(
    "binary_network_loss(x, y, W_h, b_h, w_a, b_a) -> loss, {W_h, b_h, w_a, b_a}", binary_network_loss, points=8
)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), np.array([1.0, 0.0, 1.0])
W_h, b_h, w_a, b_a = (
    np.array([[0.5, -0.2, 0.3, 0.9], [-0.4, 0.7, 0.1, 0.2]]),
    np.array([0.1, -0.3, 0.2, 0.4]),
    np.array([0.8, -0.6, 1.1, 0.5]),
    -0.2,
)
sheet.values(
    "ln 2 when the output weights are 0 | 输出权重为 0 时是 ln 2",
    x,
    y,
    W_h,
    b_h,
    np.zeros(4),
    0.0,
    expect={"loss": np.log(2)},
)
sheet.gradient("gradient | 梯度", x, y, W_h, b_h, w_a, b_a, of=binary_network, weight=3)
### BEGIN HIDDEN TESTS
sheet.hidden()
x, y, W_h, b_h, w_a = (
    sheet.spaced(5, 3),
    np.array([0.0, 1.0, 1.0, 0.0, 1.0]),
    sheet.spaced(3, 2),
    sheet.spaced(2),
    sheet.spaced(2),
)
sheet.values(
    "loss of any batch | 任意批量的损失", x, y, W_h, b_h, w_a, 0.3, expect=lambda *args: {"loss": binary_network(*args)}
)
sheet.values(
    "large scores | 很大的得分",
    np.array([[1.0], [1.0]]),
    np.array([1.0, 0.0]),
    np.array([[30.0]]),
    np.zeros(1),
    np.array([900.0]),
    0.0,
    expect={"loss": 450.0},
)
sheet.gradient("gradient of any batch | 任意批量的梯度", x, y, W_h, b_h, w_a, 0.3, of=binary_network, weight=2)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.6 More than two classes
#
# For $K$ classes there are $K$ scores, and the softmax turns them into $K$ probabilities:
#
# $$\mathbf{z} = \mathbf{h} \cdot \mathbf{W}_a + \mathbf{b}_a, \qquad a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# Adding the same number to all scores of a row changes nothing, since it cancels. So subtract the row's largest score first, and nothing overflows.
#
# **Exercise 8.** Write `softmax`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.6 多于两类
#
# 有 $K$ 类，就有 $K$ 个得分，softmax 把它们变成 $K$ 个概率：
#
# $$\mathbf{z} = \mathbf{h} \cdot \mathbf{W}_a + \mathbf{b}_a, \qquad a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# 给一行的所有得分加上同一个数，结果不变，因为它约掉了。所以先减去这一行的最大得分，就不会溢出。
#
# **练习 8.** 写出 `softmax`。


# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(z):
    """Probabilities of K classes from their scores, row by row.

    z: (M, K). Returns a: (M, K), rows that add up to 1; no overflow for |z| up to 1000.

    >>> softmax(np.array([[1000.0, 1000.0]]))
    array([[0.5, 0.5]])
    """
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-softmax", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("softmax(z) -> a", softmax, points=4)
sheet.values(
    "by hand | 手算", np.log([[1.0, 2.0, 3.0], [5.0, 4.0, 1.0]]), expect=[[1 / 6, 2 / 6, 3 / 6], [0.5, 0.4, 0.1]]
)
sheet.values(
    "no overflow at ±1000 | 在 ±1000 处不溢出", np.array([[1000.0, 1000.0, -1000.0]]), expect=[[0.5, 0.5, 0.0]]
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "any batch | 任意批量", sheet.spaced(5, 4), expect=lambda z: 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
)
sheet.values(
    "large scores that differ a little | 很大而相近的得分",
    np.array([[40.0, 40.0 + np.log(3.0)], [-40.0, -40.0 - np.log(4.0)]]),
    expect=[[0.25, 0.75], [0.8, 0.2]],
)
sheet.values(
    "rows on very different levels | 各行相差悬殊",
    np.array([[1000.0, 1000.0], [-1000.0, -1000.0], [0.0, np.log(3.0)]]),
    expect=[[0.5, 0.5], [0.5, 0.5], [0.25, 0.75]],
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# The label is now a row $\mathbf{y}_i$ with a single 1 (one-hot), and the loss of the notes is
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-\mathbf{y}_i \cdot \ln \mathbf{a}_i\right].$$
#
# **Exercise 9.** Write `softmax_cross_entropy`: the mean over the batch, and its gradient for the scores, which is as simple as before:
# $\partial L/\partial \mathbf{z}_i = (\mathbf{a}_i - \mathbf{y}_i)/M$. Compute the logarithm from $\mathbf{z}$, not from $\mathbf{a}$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# 现在标签是只有一个 1 的行 $\mathbf{y}_i$（one-hot），讲义的损失是
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-\mathbf{y}_i \cdot \ln \mathbf{a}_i\right].$$
#
# **练习 9.** 写出 `softmax_cross_entropy`：一批样本的平均，以及对得分的梯度，它和前面一样简单：
# $\partial L/\partial \mathbf{z}_i = (\mathbf{a}_i - \mathbf{y}_i)/M$。对数要从 $\mathbf{z}$ 算，不要从 $\mathbf{a}$ 算。


# %% nbgrader={"grade": false, "grade_id": "softmax_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy(z, y):
    """Mean of -y · ln softmax(z) over the batch, and its gradient for z.

    z: (M, K) scores, y: (M, K) one-hot. Returns (loss, dz (M, K)); no overflow for |z| up to 1000.

    >>> softmax_cross_entropy(np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]]))[0]
    1000.0
    """
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(y * log_a) / len(y), (np.exp(log_a) - y) / len(y)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-softmax_cross_entropy", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
def multiclass(z, y):  # the notes' formulas, as they stand; they overflow where yours must not
    return np.mean(-np.sum(y * np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)), axis=1))


sheet = Sheet("softmax_cross_entropy(z, y) -> loss, dz", softmax_cross_entropy, points=6)
z, y = np.array([[0.2, -1.0, 0.7], [1.5, 0.1, -0.4]]), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
sheet.values("ln K when all scores are equal | 得分全相等时是 ln K", np.zeros((2, 3)), y, expect={"loss": np.log(3)})
sheet.values(
    "z = ±1000 | z = ±1000",
    np.array([[1000.0, -1000.0, 0.0], [1000.0, 0.0, 0.0]]),
    y,
    expect={"loss": 1000.0, "dz": [[0.5, -0.5, 0.0], [0.0, 0.0, 0.0]]},
)
sheet.gradient("gradient | 梯度", z, y, of=multiclass, weight=2)
### BEGIN HIDDEN TESTS
sheet.hidden()
y = one_hot([3, 0, 2, 2, 1], K=4)
sheet.values(
    "loss of any batch | 任意批量的损失",
    sheet.spaced(5, 4),
    y,
    expect=lambda z, y: {"loss": sum(np.log(np.exp(r - r[t]).sum()) for r, t in zip(z, y.argmax(axis=1))) / len(y)},
)
sheet.values(
    "rows on very different levels | 各行相差悬殊",
    np.array([[1000.0, 999.0], [-1000.0, -999.0]]),
    one_hot([0, 0], K=2),
    expect={"loss": 0.5 * np.log1p(np.exp(-1.0)) + 0.5 * np.log1p(np.exp(1.0))},
)
sheet.gradient("gradient of any batch | 任意批量的梯度", sheet.spaced(5, 4), y, of=multiclass)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# **Exercise 10.** Put it together: `network_loss`, the fourth model of the notes, with the gradient for every parameter.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# **练习 10.** 合起来：`network_loss`，讲义的第四个模型，以及对每个参数的梯度。


# %% nbgrader={"grade": false, "grade_id": "network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_loss(x, y, W_h, b_h, W_a, b_a):
    """Mean cross entropy of the network with one hidden layer for K classes, and its gradients.

    x: (M, D), y: (M, K) one-hot, W_h: (D, H), b_h: (H,), W_a: (H, K), b_a: (K,).
    Returns (loss, {"W_h": (D, H), "b_h": (H,), "W_a": (H, K), "b_a": (K,)}).
    """
    ### BEGIN SOLUTION
    h = hidden_layer(x, W_h, b_h)
    loss, dz = softmax_cross_entropy(h @ W_a + b_a, y)
    dz_h = dz @ W_a.T * (1 - h**2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0), "W_a": h.T @ dz, "b_a": dz.sum(axis=0)}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-network_loss", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
def network(x, y, W_h, b_h, W_a, b_a):  # the notes' formulas, as they stand
    e = np.exp(np.tanh(x @ W_h + b_h) @ W_a + b_a)
    return np.mean(-np.sum(y * np.log(e / e.sum(axis=1, keepdims=True)), axis=1))


sheet = Sheet("network_loss(x, y, W_h, b_h, W_a, b_a) -> loss, {W_h, b_h, W_a, b_a}", network_loss, points=8)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), one_hot([4, 0, 2], K=5)
W_h, b_h = np.array([[0.5, -0.2, 0.3, 0.9], [-0.4, 0.7, 0.1, 0.2]]), np.array([0.1, -0.3, 0.2, 0.4])
W_a, b_a = np.sin(np.arange(20.0)).reshape(4, 5), np.array([0.1, 0.0, -0.2, 0.3, -0.1])
sheet.values(
    "ln K when the output weights are 0 | 输出权重为 0 时是 ln K",
    x,
    y,
    W_h,
    b_h,
    np.zeros((4, 5)),
    np.zeros(5),
    expect={"loss": np.log(5)},
)
sheet.gradient("gradient | 梯度", x, y, W_h, b_h, W_a, b_a, of=network, weight=3)
### BEGIN HIDDEN TESTS
sheet.hidden()
args = (
    sheet.spaced(6, 3),
    one_hot([1, 0, 1, 1, 0, 1], K=2),
    sheet.spaced(3, 4),
    sheet.spaced(4),
    sheet.spaced(4, 2),
    sheet.spaced(2),
)
sheet.values("loss of any batch | 任意批量的损失", *args, expect=lambda *args: {"loss": network(*args)})
sheet.values(
    "large scores | 很大的得分",
    np.array([[1.0], [1.0]]),
    np.eye(2),
    np.array([[30.0]]),
    np.zeros(1),
    np.array([[900.0, 0.0]]),
    np.zeros(2),
    expect={"loss": 450.0},
)
sheet.gradient("gradient of any batch | 任意批量的梯度", *args, of=network, weight=2)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# **Exercise 11.** A new picture arrives. Write `predict`: the most probable class of each row. Do you need the softmax for that?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# **练习 11.** 新图来了。写出 `predict`：每一行最可能的类别。这里需要 softmax 吗？


# %% nbgrader={"grade": false, "grade_id": "predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(x, W_h, b_h, W_a, b_a):
    """The most probable class of each row.

    x: (M, D), W_h: (D, H), b_h: (H,), W_a: (H, K), b_a: (K,). Returns labels: (M,) integers from 0 to K - 1.
    """
    ### BEGIN SOLUTION
    return np.argmax(hidden_layer(x, W_h, b_h) @ W_a + b_a, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test-predict", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("predict(x, W_h, b_h, W_a, b_a) -> labels", predict, points=2)
sheet.values(
    "the unit that is largest wins | 最大的单元获胜",
    np.array([[1.0, 0.0, -1.0], [-1.0, 0.5, 2.0]]),
    np.eye(3),
    np.zeros(3),
    np.eye(3),
    np.zeros(3),
    expect=[0, 2],
)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "the output bias counts | 输出偏置起作用",
    np.array([[1.0, -1.0]]),
    np.eye(2),
    np.zeros(2),
    np.eye(2),
    np.array([0.0, 5.0]),
    expect=[1],
)
sheet.values(
    "any batch | 任意批量",
    sheet.spaced(7, 3),
    sheet.spaced(3, 4),
    sheet.spaced(4),
    sheet.spaced(4, 5),
    sheet.spaced(5) / 4,
    expect=lambda x, W, b, V, c: [
        max(range(5), key=lambda k: sum(np.tanh(r @ W[:, j] + b[j]) * V[j, k] for j in range(4)) + c[k]) for r in x
    ],
)
sheet.values(
    "large scores do not tie | 很大的得分不会打平",
    np.array([[1.0]]),
    np.array([[30.0]]),
    np.zeros(1),
    np.array([[800.0, 900.0, -900.0]]),
    np.zeros(3),
    expect=[1],
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en"
# **Written question.** The squared error and the cross entropy have the same best possible value, 0. Take one image that is badly wrong: $y = 1$, but $z = -10$.
# How large is $\partial L/\partial z$ for each of the two losses (with $M = 1$)? What does that mean for training, and which line of the derivation makes
# the difference?

# %% [markdown] lang="zh"
# **问答题.** 平方误差和交叉熵的最佳值都是 0。取一张错得离谱的图：$y = 1$，但 $z = -10$。两种损失的 $\partial L/\partial z$ 各是多大（$M = 1$）？
# 这对训练意味着什么？差别出在推导的哪一步？

# %% [markdown] nbgrader={"grade": true, "grade_id": "written-saturation", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# Squared error: 2(a − y)σ′(z) ≈ 2 · (−1) · 4.5e−5 ≈ −9e−5. Cross entropy: a − y ≈ −1. (1 point each.) The squared error hardly moves just where it is most wrong: training
# stalls on saturated units; the cross entropy pulls at full strength (1 point). The factor σ′(z) from da/dz; in the cross entropy it cancels against the derivative of the logarithm,
# 1/a or 1/(1 − a) (1 point).
#
# 平方误差：2(a − y)σ′(z) ≈ 2 ·（−1）· 4.5e−5 ≈ −9e−5。交叉熵：a − y ≈ −1。（各 1 分。）平方误差恰恰在错得最厉害的地方几乎不动，饱和的单元学不下去；交叉熵则全力拉回（1 分）。
# 差别在 da/dz 带来的因子 σ′(z)：在交叉熵里它与对数的导数 1/a 或 1/(1 − a) 消去了（1 分）。
#
# === END MARK SCHEME ===
