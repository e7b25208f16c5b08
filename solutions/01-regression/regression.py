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
# Somebody gives you $N$ pictures and tells you what each of them shows:
#
# $$\{(x_1, y_1), \dots, (x_N, y_N)\}$$
#
# $x_i$ is an image, $y_i$ its label: a cat? a dog? a seven? Then a new picture $x$ comes along, without a label. What does it show?
#
# When you have worked through this notebook you can
#
# * say what a feed-forward network *is*: a conditional probability $p(y \mid x, \theta)$;
# * derive a loss from it by maximum likelihood, and the gradient of that loss with pencil and paper;
# * program four models, each one step beyond the last, correct to the last digits and safe from overflow;
# * train them on points in the plane and on real handwritten digits, and say why one fails where another succeeds.
#
# You need NumPy and the chain rule. Allow 90 to 120 minutes.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 1. 从 logistic 回归到单隐层网络
#
# 有人给你 $N$ 张图，并告诉你每张图上是什么：
#
# $$\{(x_1, y_1), \dots, (x_N, y_N)\}$$
#
# 其中 $x_i$ 是图像，$y_i$ 是它的标签：猫？狗？还是数字 7？现在来了一张新图 $x$，没有标签。它是什么？
#
# 学完这一课，你能够
#
# * 说清楚前馈神经网络*是*什么：一个条件概率 $p(y \mid x, \theta)$；
# * 用最大似然导出损失函数，并用纸笔求出它的梯度；
# * 写出逐步推进的四个模型，数值精确到最后几位，而且不会溢出；
# * 用平面上的点和真实的手写数字训练它们，并说明为什么这一个做不到，而那一个做得到。
#
# 需要的预备知识只有 NumPy 和链式法则。请安排 90 到 120 分钟。

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# **How this notebook works.** Each exercise is a function to fill in, between its docstring and the end of its cell. Run it, then run the cell below it: a report tells you
# what holds, what does not, and often which mistake it looks like. When your work is graded, the same properties are checked on further inputs, so don't tailor an
# answer to the numbers you see. Symbols are those of the lecture notes; $M$ is the number of rows in a batch, $D$ the number of inputs, $H$ of hidden units, $K$ of classes.

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# **怎样使用这份笔记本。** 每道练习都是一个要你补全的函数，写在它的说明文字之后。先运行它，再运行下面那一格：报告会告诉你哪些性质成立、哪些不成立，往往还能指出像是犯了哪种错误。评分时会用另外的输入检查同样的性质，所以不要只迎合眼前的数字。符号与讲义一致；$M$ 是一批样本的行数，$D$ 是输入的个数，$H$ 是隐单元的个数，$K$ 是类别数。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule.check import Sheet, when_done
from chainrule.data import blobs, digits, moons, one_hot, rings

# %% slideshow={"slide_type": "skip"}
from chainrule.viz import (
    confusion,
    curves,
    decision_plane,
    explore,
    hidden_space,
    logistic_function,
    logistic_plane,
    loss_surfaces,
    pictures,
    pull_of_losses,
    show,
)


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def descend(loss, theta, eta, steps):
    """Gradient descent: every parameter of the dictionary theta goes downhill, θ ← θ - η ∂L/∂θ.

    loss(**theta) returns (loss, gradients), the gradients in a dictionary or one by one in the order of theta.
    Returns the last theta and the losses on the way.
    """
    losses = []
    for _ in range(steps):
        value, *gradients = loss(**theta)
        by_name = gradients[0] if isinstance(gradients[0], dict) else dict(zip(theta, gradients))
        theta = {name: parameter - eta * by_name[name] for name, parameter in theta.items()}
        losses.append(float(value))
    return theta, losses


def start(rng, D, H, K=None):
    """Small random weights and zero biases for D inputs, H hidden units and one output, or K of them."""
    hidden = {"W_h": rng.normal(size=(D, H)) / np.sqrt(D), "b_h": np.zeros(H)}
    if K is None:
        return hidden | {"w_a": rng.normal(size=H) / np.sqrt(H), "b_a": 0.0}
    return hidden | {"W_a": rng.normal(size=(H, K)) / np.sqrt(H), "b_a": np.zeros(K)}


# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The pictures are 1,797 handwritten digits of 8 × 8 pixels, written by 13 people in the 1990s. Small, but real: you will find some that you can't read yourself. A
# picture becomes a row of $D = 64$ numbers between 0 (paper) and 1 (ink).

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 这里的图像是 1797 个 8 × 8 像素的手写数字，20 世纪 90 年代出自 13 个人之手。图很小，却是真的：有几张你自己也会认不出。一张图就是一行 $D = 64$ 个数，从 0（纸）到 1（墨）。

# %% slideshow={"slide_type": "fragment"}
images, labels = digits("train")
show(
    pictures(images[:20], labels[:20].tolist()),
    alt="twenty handwritten digits with their labels | 二十个手写数字和它们的标签",
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.1 The logistic function
#
# A model will look at a picture and come up with a score $z$, large if it believes "yes". A score can be any number; a probability must lie between 0 and 1. The logistic function turns one into
# the other:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Two properties come up again and again. It is symmetric, $\sigma(-z) = 1 - \sigma(z)$, and its slope is made of its own values, $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$: steepest at 0,
# where it is $\tfrac14$, and flat far out. Remember that flatness.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.1 logistic 函数
#
# 模型看过一张图，会给出一个得分 $z$；越相信答案为“是”，得分越高。得分可以是任何实数，概率却必须在 0 和 1 之间。logistic 函数把前者变成后者：
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# 有两条性质会反复用到。一是对称：$\sigma(-z) = 1 - \sigma(z)$；二是导数可以用函数值表示：$\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$，在 0 处最陡，等于 $\tfrac14$，远处则是平的。请记住这一点“平”。

# %% slideshow={"slide_type": "fragment"}
show(
    logistic_function(),
    alt="the logistic function rises from 0 to 1; its derivative is a bump of height 1/4 | logistic 函数从 0 升到 1；它的导数是高 1/4 的小丘",
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `sigmoid`.
#
# In exact arithmetic $\frac{1}{1 + e^{-z}}$ and $\frac{e^z}{1 + e^z}$ are the same. On a computer $e^z$ overflows to infinity just above $z = 709$, and $\infty/\infty$ is not a number. Your function must be right for every
# $z$ from $-1000$ to $1000$. (The first form happens to survive, as $1/\infty = 0$, but NumPy grumbles. Can you arrange it so that the exponential is never larger than 1?)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 写出 `sigmoid`。
#
# 在精确算术里，$\frac{1}{1 + e^{-z}}$ 与 $\frac{e^z}{1 + e^z}$ 是一回事。在计算机上，$z$ 刚过 709，$e^z$ 就溢出为无穷大，而 $\infty/\infty$ 不是数。你的函数要对 $-1000$ 到 $1000$ 之间的每个 $z$ 都正确。（第一种写法碰巧没事，因为 $1/\infty = 0$，但 NumPy 会发牢骚。能不能安排得让指数函数的值永远不超过 1？）


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
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


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-sigmoid", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
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
# ## 1.2 The first model: a linear score
#
# One weight for each input, and a bias:
#
# $$z = \mathbf{x} \cdot \mathbf{w} + b, \qquad a = \sigma(z)$$
#
# $a$ is read as the probability of class 1, $p(y = 1 \mid \mathbf{x}, \theta) = a$, with the parameters $\theta = (\mathbf{w}, b)$. A batch of $M$ inputs are the rows of a matrix `x` (M, D), and all scores
# come from one product of a matrix and a vector.
#
# **Exercise 2.** Write `logistic_forward`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.2 第一个模型：线性得分
#
# 每个输入一个权重，再加一个偏置：
#
# $$z = \mathbf{x} \cdot \mathbf{w} + b, \qquad a = \sigma(z)$$
#
# $a$ 读作类别 1 的概率，$p(y = 1 \mid \mathbf{x}, \theta) = a$，参数是 $\theta = (\mathbf{w}, b)$。一批 $M$ 个输入就是矩阵 `x` (M, D) 的各行，一次矩阵与向量的乘法便得到全部得分。
#
# **练习 2.** 写出 `logistic_forward`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "logistic_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def logistic_forward(x, w, b):
    """Activation a = sigmoid(x·w + b) of each row.

    x: (M, D), w: (D,), b: number. Returns a: (M,).

    >>> logistic_forward(np.array([[1.0, 2.0]]), np.array([2.0, -1.0]), 0.0)
    array([0.5])
    """
    ### BEGIN SOLUTION
    return sigmoid(x @ w + b)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-logistic_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("logistic_forward(x, w, b) -> a", logistic_forward, points=2)
sheet.values(
    "two rows by hand | 手算两行",
    np.array([[2.0, 1.0], [0.0, 0.0]]),
    np.log([3.0, 1 / 3]),
    np.log(3.0),
    expect=[0.9, 0.75],
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# What can such a model do? Where $z = 0$ it is undecided, $a = \tfrac12$, and $\mathbf{x} \cdot \mathbf{w} + b = 0$ is a straight line. $\mathbf{w}$ stands at right angles on it and points to class 1; the longer $\mathbf{w}$, the sharper the
# change from one class to the other; $b$ shifts the line.
#
# Move the sliders. Can you get all the points right? What happens to the two losses in the title when the line is good and you make $\mathbf{w}$ longer and longer?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 这样的模型能做什么？在 $z = 0$ 处它拿不定主意，$a = \tfrac12$，而 $\mathbf{x} \cdot \mathbf{w} + b = 0$ 是一条直线。$\mathbf{w}$ 与它垂直，指向类别 1；$\mathbf{w}$ 越长，两类之间的过渡越陡；$b$ 则平移这条直线。
#
# 请拖动滑块。能把所有的点都分对吗？直线已经画得很好时，继续加长 $\mathbf{w}$，标题里的两个损失会怎样变化？

# %% slideshow={"slide_type": "subslide"}
x_blobs, y_blobs = blobs(np.random.default_rng(4), M=120, spread=1.0)
explore(
    lambda w1, w2, b: logistic_plane(x_blobs, y_blobs, [w1, w2], b),
    {"w1": "weight w₁ | 权重 w₁", "w2": "weight w₂ | 权重 w₂", "b": "bias b | 偏置 b"},
    w1=(-5.0, 5.0, 0.1, 0.5),
    w2=(-5.0, 5.0, 0.1, 1.0),
    b=(-5.0, 5.0, 0.1, 0.0),
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.3 A first loss: the squared error
#
# How good are $\mathbf{w}$ and $b$? The obvious measure is the squared distance between label and activation. The notes call it the *non-probabilistic* model:
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \lVert y_i - a_i \rVert^2$$
#
# We take the mean over the batch, not the sum. The minimum is at the same place, and the size of the gradient no longer depends on how many rows there are. The chain rule, from the loss back through $a$
# to $z$ and on to the parameters:
#
# $$L = \frac{1}{M}\sum_i (y_i - a_i)^2, \qquad
# \frac{\partial L}{\partial z_i} = \frac{2}{M}\,(a_i - y_i)\,\sigma'(z_i)$$
#
# $$\frac{\partial L}{\partial \mathbf{w}} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{x}_i, \qquad
# \frac{\partial L}{\partial b} = \sum_i \frac{\partial L}{\partial z_i}$$
#
# **Exercise 3.** Write `squared_loss`: the loss and both gradients.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.3 第一个损失：平方误差
#
# $\mathbf{w}$ 和 $b$ 选得好不好？最自然的衡量是标签与激活值之差的平方。讲义称之为*非概率模型*：
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \lVert y_i - a_i \rVert^2$$
#
# 这里取一批样本的平均，而不是求和：极小点的位置不变，梯度的大小却不再取决于有多少行。用链式法则，从损失出发，经过 $a$ 退回到 $z$，再到各个参数：
#
# $$L = \frac{1}{M}\sum_i (y_i - a_i)^2, \qquad
# \frac{\partial L}{\partial z_i} = \frac{2}{M}\,(a_i - y_i)\,\sigma'(z_i)$$
#
# $$\frac{\partial L}{\partial \mathbf{w}} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{x}_i, \qquad
# \frac{\partial L}{\partial b} = \sum_i \frac{\partial L}{\partial z_i}$$
#
# **练习 3.** 写出 `squared_loss`：返回损失和两个梯度。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "squared_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squared_loss(x, y, w, b):
    """Mean of (y - a)² over the batch, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns (loss, dw (D,), db).

    >>> float(squared_loss(np.array([[1.0]]), np.array([1.0]), np.array([0.0]), 0.0)[0])
    0.25
    """
    ### BEGIN SOLUTION
    a = logistic_forward(x, w, b)
    dz = 2 * (a - y) * a * (1 - a) / len(y)
    return np.mean((y - a) ** 2), x.T @ dz, dz.sum()
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-squared_loss", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "notes"}
# > **A word on names.** The notes call the model with the squared error *logistic regression* and the one with the cross entropy, which comes next, *perceptron*. In the rest of the field *logistic regression* is the
# > second of the two, and Rosenblatt's *perceptron* has a step in place of $\sigma$. A step has derivative 0 wherever it has one at all, so gradient descent gets nothing out of it; the perceptron has a learning rule of its own. When you read a paper, expect the
# > field's names.
#
# Find out by running: take a line that gets many points wrong, and look at the numerical gradient of the squared error with a step.

# %% [markdown] lang="zh" slideshow={"slide_type": "notes"}
# > **关于名称。** 讲义把用平方误差的模型叫做 *logistic regression*，把接下来用交叉熵的模型叫做 *perceptron*。学界通常说的 *logistic regression* 是后一个；而 Rosenblatt 的*感知机*在 $\sigma$ 的位置上用的是阶跃函数。
# > 阶跃函数凡有导数之处导数都是 0，梯度下降从中得不到任何信息，所以感知机另有自己的学习规则。读论文时，请按学界的叫法理解。
#
# 运行一下就知道了：取一条错得很多的直线，看看换成阶跃函数后，平方误差的数值梯度是多少。

# %% slideshow={"slide_type": "notes"}
from chainrule.gradcheck import numerical_gradient


def step_loss(w):
    return np.mean((y_blobs - (x_blobs @ w > 0)) ** 2)


print("loss", step_loss(np.array([1.0, 1.0])).round(2), "gradient", numerical_gradient(step_loss, np.array([1.0, 1.0])))

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.4 A better loss: maximum likelihood
#
# A feed-forward network describes a conditional probability $p(y \mid x, \theta)$. Take that seriously, and there is a principle that says what to optimise: choose the $\theta$ under which the labels that we did see were most probable.
# For independent examples the probabilities multiply. The logarithm turns the product into a sum:
#
# $$\theta^* = \operatorname{argmax}_\theta S(\theta), \qquad S(\theta) \equiv \frac{1}{n} \sum_{i=1}^n \log p(y_i \mid x_i, \theta)$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.4 更好的损失：最大似然
#
# 一个前馈神经网络描述一个条件概率 $p(y \mid x, \theta)$。认真对待这句话，就有了一条原则，告诉我们该优化什么：选取 $\theta$，使我们实际看到的这些标签出现的概率最大。样本相互独立时概率相乘，取对数后乘积变成和：
#
# $$\theta^* = \operatorname{argmax}_\theta S(\theta), \qquad S(\theta) \equiv \frac{1}{n} \sum_{i=1}^n \log p(y_i \mid x_i, \theta)$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# With two classes, $p(y_i \mid x_i, \theta)$ is $a_i$ if $y_i = 1$ and $1 - a_i$ if $y_i = 0$; in one formula, $a_i^{y_i} (1 - a_i)^{1 - y_i}$. The largest $S$ is the smallest $-S$:
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right]$$
#
# This loss is called the *cross entropy*. (The notes write $n$ for the number of examples here and $N$ before, $\log$ here and $\ln$ there: in each case it is the same thing. And where they add up, we take the mean, as in 1.3.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 只有两类时，$y_i = 1$ 则 $p(y_i \mid x_i, \theta) = a_i$，$y_i = 0$ 则为 $1 - a_i$；写成一个式子就是 $a_i^{y_i} (1 - a_i)^{1 - y_i}$。$S$ 最大就是 $-S$ 最小：
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right]$$
#
# 这个损失叫做*交叉熵*。（样本数讲义此处写 $n$，前面写 $N$；对数此处写 $\log$，别处写 $\ln$：都是一回事。讲义求和之处，我们同 1.3 节一样取平均。）

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **From $z$, not from $a$.** At $z = 40$ the computer has rounded $a$ to exactly 1, and $\ln(1 - a)$ is $-\infty$. The information was lost on the way from $z$ to $a$, so start from $z$:
#
# $$-\ln \sigma(z) = \ln(1 + e^{-z}), \qquad -\ln(1 - \sigma(z)) = \ln(1 + e^{z})$$
#
# Since $\ln(1 + e^{-z}) = \ln(1 + e^{z}) - z$, both cases together are $\ln(1 + e^{z}) - y z$. Differentiate: the awkward $\sigma'$ is gone,
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}\,(a_i - y_i)$$
#
# **Exercise 4.** Write `cross_entropy_loss`. There is a NumPy function that computes $\ln(e^u + e^v)$ without overflow; or find your own way.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **从 $z$ 算，不要从 $a$ 算。** 到了 $z = 40$，计算机已经把 $a$ 舍入成恰好等于 1，$\ln(1 - a)$ 便是 $-\infty$。信息是在从 $z$ 到 $a$ 的路上丢掉的，所以要从 $z$ 出发：
#
# $$-\ln \sigma(z) = \ln(1 + e^{-z}), \qquad -\ln(1 - \sigma(z)) = \ln(1 + e^{z})$$
#
# 由于 $\ln(1 + e^{-z}) = \ln(1 + e^{z}) - z$，两种情形合起来就是 $\ln(1 + e^{z}) - y z$。求导：那个麻烦的 $\sigma'$ 不见了，
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}\,(a_i - y_i)$$
#
# **练习 4.** 写出 `cross_entropy_loss`。NumPy 里有一个函数能不溢出地计算 $\ln(e^u + e^v)$；也可以自己想办法。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "cross_entropy_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy_loss(x, y, w, b):
    """Mean of -y ln a - (1 - y) ln(1 - a) over the batch, computed from z, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns (loss, dw (D,), db); no overflow for |z| up to 1000.

    >>> float(cross_entropy_loss(np.array([[1.0]]), np.array([0.0]), np.array([1000.0]), 0.0)[0])
    1000.0
    """
    ### BEGIN SOLUTION
    z = x @ w + b
    dz = (sigmoid(z) - y) / len(y)
    return np.mean(np.logaddexp(0, z) - y * z), x.T @ dz, dz.sum()
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-cross_entropy_loss", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
def cross_entropy(x, y, w, b):  # the notes' formula, as it stands; it overflows where yours must not
    a = 1 / (1 + np.exp(-(x @ w + b)))
    return np.mean(-y * np.log(a) - (1 - y) * np.log(1 - a))


sheet = Sheet("cross_entropy_loss(x, y, w, b) -> loss, dw, db", cross_entropy_loss, points=6)
x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]]), np.array([1.0, 0.0, 1.0])
sheet.values("ln 2 when all weights are 0 | 权重全为 0 时是 ln 2", x, y, np.zeros(2), 0.0, expect={"loss": np.log(2)})
sheet.values(
    "z = ±1000, half of them wrong | z = ±1000，一半判错",
    np.array([[1.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [-1.0, 0.0]]),
    np.array([1.0, 0.0, 1.0, 0.0]),
    np.array([1000.0, 0.0]),
    0.0,
    expect={"loss": 500.0, "dw": [0.5, 0.0], "db": 0.0},
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
sheet.values(
    "scores between −1 and 1 | −1 与 1 之间的得分",
    np.array([[0.3], [-0.3], [0.8], [-0.8], [0.3], [-0.3]]),
    np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
    np.array([1.0]),
    0.0,
    expect=lambda x, y, *_: {"loss": np.mean([np.log(1 + np.exp((1 - 2 * t) * r[0])) for r, t in zip(x, y)])},
)
sheet.gradient("gradient of any batch | 任意批量的梯度", sheet.spaced(5, 3), y, sheet.spaced(3), 0.2, of=cross_entropy)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 5.** Write `log_likelihood`, the notes' $S(\theta)$ itself, for the logistic model. How long is the shortest answer?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 5.** 对 logistic 模型写出 `log_likelihood`，即讲义中的 $S(\theta)$ 本身。最短的答案有多长？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "log_likelihood", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_likelihood(x, y, w, b):
    """S(θ), the mean of ln p(y | x, θ) over the batch.

    x: (M, D), y: (M,) of 0 and 1, w: (D,), b: number. Returns a number that is never positive.

    >>> float(log_likelihood(np.array([[1.0]]), np.array([0.0]), np.array([1000.0]), 0.0))
    -1000.0
    """
    ### BEGIN SOLUTION
    return -cross_entropy_loss(x, y, w, b)[0]
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-log_likelihood", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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
sheet.values(
    "scores between −1 and 1 | −1 与 1 之间的得分",
    np.array([[0.3], [-0.3], [0.8], [-0.8], [0.3], [-0.3]]),
    np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
    np.array([1.0]),
    0.0,
    expect=lambda x, y, *_: -np.mean([np.log(1 + np.exp((1 - 2 * t) * r[0])) for r, t in zip(x, y)]),
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### How hard does a loss pull?
#
# Take one example with $y = 1$. On the left its loss for every score $z$, on the right the derivative: the force with which gradient descent pulls $z$ to the right. Look at $z = -6$, where the model is sure of itself and wrong.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 损失有多大的拉力？
#
# 取一个 $y = 1$ 的样本。左图是它在每个得分 $z$ 处的损失，右图是导数，也就是梯度下降把 $z$ 向右拉的力。请看 $z = -6$ 处：模型十分自信，却是错的。

# %% slideshow={"slide_type": "fragment"}
show(
    pull_of_losses(),
    alt="left: squared error levels off at 1, cross entropy keeps rising; right: the squared error's derivative dies out at both ends | 左：平方误差停在 1，交叉熵继续上升；右：平方误差的导数在两端都消失",
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Now both losses over the plane of the two weights, for the points above (without bias). White is high ground. Both descents begin at the white dot and end at the star. Start on the plateau of the squared error, top right. How many steps does it take to leave it? And could the cross entropy get
# stuck anywhere? (It is convex: no valleys but one.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 现在把两种损失画在两个权重的平面上，数据是上面那些点（不含偏置）。白色是高处。两条下降路径都从白点出发，到星号结束。从右上角平方误差的高原出发，要多少步才走得出来？交叉熵会不会卡在什么地方？（它是凸的：只有一个谷。）

# %% slideshow={"slide_type": "subslide"}
explore(
    lambda w1, w2, eta, steps: loss_surfaces(x_blobs, y_blobs, (w1, w2), eta, steps),
    {
        "w1": "start at w₁ | 起点 w₁",
        "w2": "start at w₂ | 起点 w₂",
        "eta": "learning rate η | 学习率 η",
        "steps": "steps | 步数",
    },
    w1=(-11.0, 11.0, 0.5, 8.0),
    w2=(-11.0, 11.0, 0.5, 8.0),
    eta=(0.1, 10.0, 0.1, 3.0),
    steps=(1, 200, 1, 60),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question 1.** The best possible value of both losses is 0. Take one image that is badly wrong: $y = 1$, but $z = -10$. How large is $\partial L/\partial z$ for each of the two losses (with $M = 1$)? What does that mean for training? Which step of
# the derivation makes the difference?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题 1.** 两种损失的最佳值都是 0。取一张错得离谱的图：$y = 1$，但 $z = -10$。两种损失的 $\partial L/\partial z$ 各是多大（$M = 1$）？这对训练意味着什么？差别出在推导的哪一步？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-saturation", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Real pictures: threes against eights
#
# Enough of points in the plane. Threes are class 0, eights are class 1, and the model has 64 weights, one for each pixel. Go downhill 300 times with each loss, from two places: from $\mathbf{w} = 0$, and from a bad start, where every weight is
# $\tfrac12$ and nearly everything is called an eight with great confidence. What counts are pictures that took no part in the training.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 真实的图像：3 还是 8
#
# 平面上的点就看到这里。数字 3 是类别 0，数字 8 是类别 1，模型有 64 个权重，每个像素一个。用每种损失各下降 300 步，从两处出发：一处是 $\mathbf{w} = 0$；另一处很糟，每个权重都是 $\tfrac12$，几乎所有图像都被十分自信地判为 8。算数的是没有参加训练的那些图像。


# %% slideshow={"slide_type": "subslide"}
def threes_and_eights(split):
    images, labels = digits(split)
    chosen = (labels == 3) | (labels == 8)
    return images[chosen].reshape(-1, 64), (labels[chosen] == 8).astype(float)


with when_done():
    x, y = threes_and_eights("train")
    x_new, y_new = threes_and_eights("test")
    falling = {}
    for name, loss in (("squared error", squared_loss), ("cross entropy", cross_entropy_loss)):
        for start_name, weight in (("bad start", 0.5), ("start at 0", 0.0)):
            theta = {"w": np.full(64, weight), "b": 0.0}
            theta, losses = descend(lambda w, b, loss=loss: loss(x, y, w, b), theta, eta=0.5, steps=300)
            falling[f"{name}, {start_name}"] = losses
            right = np.mean((logistic_forward(x_new, **theta) > 0.5) == (y_new == 1))
            print(f"{name}, {start_name}: {100 * right:.0f} % of {len(y_new)} new pictures right")
    show(
        curves(falling, log=True),
        alt="from the bad start the squared error does not move at all | 从糟糕的起点出发，平方误差一动不动",
    )
    show(
        pictures([theta["w"].reshape(8, 8)], signed=True, size=1.6),
        alt="the 64 weights as a picture | 把 64 个权重画成一张图",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# From the bad start the squared error does not move at all: half of the pictures are wrong, and every one of them sits where $\sigma'$ is practically 0. The cross entropy is not bothered. (The two losses are different yardsticks: compare the shapes of their curves, not the heights.)
#
# The little picture shows the weights: red pixels speak for an eight, blue ones for a three. Where are the red ones, and why there?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 从糟糕的起点出发，平方误差一动不动：有一半图像判错了，而它们无一例外地落在 $\sigma'$ 几乎为 0 的地方。交叉熵则不受影响。（两种损失的尺度不同，请比较曲线的形状，不要比较高低。）
#
# 那张小图是权重：红色像素支持 8，蓝色像素支持 3。红色出现在哪里？为什么在那里？

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.5 A hidden layer
#
# One $\mathbf{w}$ draws one straight line. No straight line parts these two moons:

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.5 隐层
#
# 一个 $\mathbf{w}$ 画一条直线。可是没有一条直线能分开这两弯月牙：

# %% slideshow={"slide_type": "fragment"}
x_moons, y_moons = moons(np.random.default_rng(1), M=200, noise=0.12)

with when_done():
    flat, _ = descend(
        lambda w, b: cross_entropy_loss(x_moons, y_moons, w, b), {"w": np.zeros(2), "b": 0.0}, eta=1.0, steps=300
    )
    right = np.mean((logistic_forward(x_moons, **flat) > 0.5) == (y_moons == 1))
    figure = decision_plane(
        x_moons, y_moons, lambda p: logistic_forward(p, **flat), f"a straight line: {100 * right:.0f} % right"
    )
    show(figure, alt="the best straight line cuts through both moons | 最好的直线也穿过两弯月牙")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The third model of the notes puts a layer in between that bends the plane first:
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad z = \mathbf{h} \cdot \mathbf{w}_a + b_a, \qquad a = \sigma(z)$$
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right]$$
#
# Each of the $H$ columns of $\mathbf{W}_h$ is a line of its own, and $\mathbf{h}$ says on which side of each line the point lies, and how far. The last step draws a straight line again, but in the space of $\mathbf{h}$. Here $f = \tanh$.
#
# **Exercise 6.** Write `hidden_layer`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 讲义的第三个模型在中间加了一层，先把平面弯一弯：
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad z = \mathbf{h} \cdot \mathbf{w}_a + b_a, \qquad a = \sigma(z)$$
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-y_i \ln a_i - (1 - y_i) \ln(1 - a_i)\right]$$
#
# $\mathbf{W}_h$ 的 $H$ 列各是一条直线，$\mathbf{h}$ 说明这个点在每条直线的哪一侧、离得多远。最后一步画的仍是直线，不过是在 $\mathbf{h}$ 的空间里。这里取 $f = \tanh$。
#
# **练习 6.** 写出 `hidden_layer`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "hidden_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hidden_layer(x, W_h, b_h):
    """Hidden units h = tanh(x W_h + b_h).

    x: (M, D), W_h: (D, H), b_h: (H,). Returns h: (M, H).

    >>> hidden_layer(np.zeros((1, 2)), np.ones((2, 3)), np.zeros(3))
    array([[0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return np.tanh(x @ W_h + b_h)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-hidden_layer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 7.** Write `binary_network_loss`: the cross entropy of this network, and its gradient for every parameter.
#
# Go backwards, one arrow at a time. The end is as before, with $\mathbf{h}$ in the place of $\mathbf{x}$:
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}(a_i - y_i), \qquad
# \frac{\partial L}{\partial \mathbf{w}_a} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{h}_i, \qquad
# \frac{\partial L}{\partial b_a} = \sum_i \frac{\partial L}{\partial z_i}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 7.** 写出 `binary_network_loss`：这个网络的交叉熵，以及对每个参数的梯度。
#
# 从后往前，一次退一步。末端和前面一样，只是 $\mathbf{h}$ 代替了 $\mathbf{x}$：
#
# $$\frac{\partial L}{\partial z_i} = \frac{1}{M}(a_i - y_i), \qquad
# \frac{\partial L}{\partial \mathbf{w}_a} = \sum_i \frac{\partial L}{\partial z_i}\,\mathbf{h}_i, \qquad
# \frac{\partial L}{\partial b_a} = \sum_i \frac{\partial L}{\partial z_i}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Through the output weights, then through $\tanh$, whose derivative is $1 - \tanh^2 = 1 - h^2$. With $\mathbf{u} = \mathbf{x}\mathbf{W}_h + \mathbf{b}_h$ and $j$ for a hidden unit,
#
# $$\frac{\partial L}{\partial u_{ij}} = \frac{\partial L}{\partial z_i}\,w_{a,j}\,(1 - h_{ij}^2)$$
#
# and from $\mathbf{u}$ to $\mathbf{W}_h$ and $\mathbf{b}_h$ as from $z$ to $\mathbf{w}$ and $b$. A gradient always has the shape of its parameter; that alone settles most transposes.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 先穿过输出权重，再穿过 $\tanh$，它的导数是 $1 - \tanh^2 = 1 - h^2$。记 $\mathbf{u} = \mathbf{x}\mathbf{W}_h + \mathbf{b}_h$，$j$ 表示隐单元，则
#
# $$\frac{\partial L}{\partial u_{ij}} = \frac{\partial L}{\partial z_i}\,w_{a,j}\,(1 - h_{ij}^2)$$
#
# 从 $\mathbf{u}$ 到 $\mathbf{W}_h$、$\mathbf{b}_h$，就像从 $z$ 到 $\mathbf{w}$、$b$。梯度总与它的参数形状相同；单凭这一点，该不该转置大多就清楚了。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "binary_network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_network_loss(x, y, W_h, b_h, w_a, b_a):
    """Mean cross entropy of the network with one hidden layer for two classes, and its gradients.

    x: (M, D), y: (M,) of 0 and 1, W_h: (D, H), b_h: (H,), w_a: (H,), b_a: number.
    Returns (loss, {"W_h": (D, H), "b_h": (H,), "w_a": (H,), "b_a": number}).

    >>> loss, grads = binary_network_loss(np.ones((2, 3)), np.ones(2), np.ones((3, 4)), np.zeros(4), np.zeros(4), 0.0)
    >>> round(float(loss), 4), grads["W_h"].shape
    (0.6931, (3, 4))
    """
    ### BEGIN SOLUTION
    h = hidden_layer(x, W_h, b_h)
    loss, dw_a, db_a = cross_entropy_loss(h, y, w_a, b_a)
    dz = (logistic_forward(h, w_a, b_a) - y) / len(y)
    dz_h = np.outer(dz, w_a) * (1 - h**2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0), "w_a": dw_a, "b_a": db_a}
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-binary_network_loss", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Train it on the moons. On the left of the second figure the points as they are, on the right as the first two of the hidden units see them.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 用月牙数据训练它。第二幅图左边是原来的点，右边是前两个隐单元眼中的这些点。


# %% slideshow={"slide_type": "subslide"}
def train_on_moons(H, steps=3000):
    theta = start(np.random.default_rng(3), D=2, H=H)
    return descend(lambda **theta: binary_network_loss(x_moons, y_moons, **theta), theta, eta=1.0, steps=steps)


def bent(theta):
    return lambda p: logistic_forward(hidden_layer(p, theta["W_h"], theta["b_h"]), theta["w_a"], theta["b_a"])


with when_done():
    theta, losses = train_on_moons(H=8)
    right = np.mean((bent(theta)(x_moons) > 0.5) == (y_moons == 1))
    figure = decision_plane(x_moons, y_moons, bent(theta), f"8 hidden units: {100 * right:.0f} % right")
    show(figure, alt="a bent line follows the gap between the moons | 一条弯线沿着两弯月牙之间的空隙走")
    two, _ = train_on_moons(H=2)
    h = hidden_layer(x_moons, two["W_h"], two["b_h"])
    figure = hidden_space(x_moons, h, y_moons, two["w_a"], two["b_a"])
    show(
        figure,
        alt="two hidden units: in their space a straight line does better | 两个隐单元：在它们的空间里直线分得更好",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Try it.** How many hidden units are enough? Put other numbers for `H`, other seeds, and `rings` for `moons`. With $H = 1$ you are back where you started; why?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **试一试。** 要多少个隐单元才够？换几个 `H`，换几个种子，把 `moons` 换成 `rings`。$H = 1$ 时又回到了起点，为什么？

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.6 More than two classes
#
# There are ten digits. For $K$ classes the network has $K$ scores, and the *softmax* turns them into $K$ probabilities:
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad
# \mathbf{z} = \mathbf{h} \cdot \mathbf{W}_a + \mathbf{b}_a, \qquad
# a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# Adding the same number $c$ to all scores of a row multiplies numerator and denominator by $e^c$ and changes nothing. Choose $c$ so that the largest score becomes 0, row by row, and nothing can overflow.
#
# **Exercise 8.** Write `softmax`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.6 多于两类
#
# 数字有十个。有 $K$ 类，网络就给出 $K$ 个得分，*softmax* 再把它们变成 $K$ 个概率：
#
# $$\mathbf{h} = f(\mathbf{x}\mathbf{W}_h + \mathbf{b}_h), \qquad
# \mathbf{z} = \mathbf{h} \cdot \mathbf{W}_a + \mathbf{b}_a, \qquad
# a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# 给一行的所有得分加上同一个数 $c$，分子分母同乘 $e^c$，结果不变。逐行选取 $c$，使这一行最大的得分变成 0，就不会溢出了。
#
# **练习 8.** 写出 `softmax`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
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


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-softmax", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The label is now a row $\mathbf{y}_i$ with a single 1 (*one-hot*), and maximum likelihood gives the loss of the notes:
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-\mathbf{y}_i \cdot \ln \mathbf{a}_i\right]$$
#
# Every score moves every probability, $\dfrac{\partial a_k}{\partial z_j} = a_k\,(\delta_{kj} - a_j)$ with $\delta_{kj} = 1$ for $k = j$ and 0 otherwise. Put that into the loss of one row; because the entries of $\mathbf{y}$ add up to 1,
#
# $$\frac{\partial}{\partial z_j}\Bigl(-\sum_k y_k \ln a_k\Bigr) = -\sum_k y_k\,(\delta_{kj} - a_j) = a_j - y_j$$
#
# The same simple answer as with two classes. That is no accident, and written question 2 comes back to it.
#
# **Exercise 9.** Write `softmax_cross_entropy`: the mean over the batch, and its gradient for `z`. Take the logarithm from the scores, not from the rounded probabilities: $\ln a_k = z_k - \ln \sum_j e^{z_j}$.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 现在标签是只有一个 1 的行 $\mathbf{y}_i$（*one-hot*），最大似然给出讲义里的损失：
#
# $$\theta^* = \operatorname{argmin}_\theta \sum_i \left[-\mathbf{y}_i \cdot \ln \mathbf{a}_i\right]$$
#
# 每个得分都会影响每个概率：$\dfrac{\partial a_k}{\partial z_j} = a_k\,(\delta_{kj} - a_j)$，其中 $k = j$ 时 $\delta_{kj} = 1$，否则为 0。代入一行的损失；由于 $\mathbf{y}$ 的各分量之和为 1，
#
# $$\frac{\partial}{\partial z_j}\Bigl(-\sum_k y_k \ln a_k\Bigr) = -\sum_k y_k\,(\delta_{kj} - a_j) = a_j - y_j$$
#
# 与两类时同样简洁。这不是巧合，问答题 2 会再谈到它。
#
# **练习 9.** 写出 `softmax_cross_entropy`：一批样本的平均，以及对 `z` 的梯度。对数要从得分算，不要从舍入后的概率算：$\ln a_k = z_k - \ln \sum_j e^{z_j}$。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "softmax_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy(z, y):
    """Mean of -y · ln softmax(z) over the batch, and its gradient for z.

    z: (M, K) scores, y: (M, K) one-hot. Returns (loss, dz (M, K)); no overflow for |z| up to 1000.

    >>> float(softmax_cross_entropy(np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]]))[0])
    1000.0
    """
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    log_a = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(y * log_a) / len(y), (np.exp(log_a) - y) / len(y)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-softmax_cross_entropy", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 10.** Put the pieces together: `network_loss`, the fourth model of the notes, with the gradient for every parameter. It is exercise 7 with a matrix $\mathbf{W}_a$ in the place of the vector $\mathbf{w}_a$:
#
# $$\frac{\partial L}{\partial \mathbf{W}_a} = \mathbf{h}^\top \frac{\partial L}{\partial \mathbf{z}}, \qquad
# \frac{\partial L}{\partial \mathbf{h}} = \frac{\partial L}{\partial \mathbf{z}}\,\mathbf{W}_a^\top$$

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 10.** 把各部分合起来：`network_loss`，讲义的第四个模型，以及对每个参数的梯度。它就是练习 7，只是向量 $\mathbf{w}_a$ 换成了矩阵 $\mathbf{W}_a$：
#
# $$\frac{\partial L}{\partial \mathbf{W}_a} = \mathbf{h}^\top \frac{\partial L}{\partial \mathbf{z}}, \qquad
# \frac{\partial L}{\partial \mathbf{h}} = \frac{\partial L}{\partial \mathbf{z}}\,\mathbf{W}_a^\top$$


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_loss(x, y, W_h, b_h, W_a, b_a):
    """Mean cross entropy of the network with one hidden layer for K classes, and its gradients.

    x: (M, D), y: (M, K) one-hot, W_h: (D, H), b_h: (H,), W_a: (H, K), b_a: (K,).
    Returns (loss, {"W_h": (D, H), "b_h": (H,), "W_a": (H, K), "b_a": (K,)}).

    >>> loss, grads = network_loss(np.ones((2, 3)), np.eye(2), np.ones((3, 4)), np.zeros(4), np.zeros((4, 2)), np.zeros(2))
    >>> round(float(loss), 4), grads["W_a"].shape
    (0.6931, (4, 2))
    """
    ### BEGIN SOLUTION
    h = hidden_layer(x, W_h, b_h)
    loss, dz = softmax_cross_entropy(h @ W_a + b_a, y)
    dz_h = dz @ W_a.T * (1 - h**2)
    return loss, {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0), "W_a": h.T @ dz, "b_a": dz.sum(axis=0)}
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-network_loss", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 11.** A new picture arrives. Write `predict`: the most probable class of each row. Do you need the softmax for that?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 11.** 新图来了。写出 `predict`：每一行最可能的类别。这里需要 softmax 吗？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(x, W_h, b_h, W_a, b_a):
    """The most probable class of each row.

    x: (M, D), W_h: (D, H), b_h: (H,), W_a: (H, K), b_a: (K,). Returns labels: (M,) integers from 0 to K - 1.

    >>> predict(np.array([[1.0, 0.0], [0.0, 1.0]]), np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
    array([0, 1])
    """
    ### BEGIN SOLUTION
    return np.argmax(hidden_layer(x, W_h, b_h) @ W_a + b_a, axis=1)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-predict", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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
    "tanh and its bias count | tanh 及其偏置起作用",
    np.array([[-3.0, -3.0], [-3.0, 3.0], [3.0, -0.5]]),
    np.eye(2),
    np.array([0.5, -1.0]),
    np.array([[-1.0, 0.0], [0.0, 2.0]]),
    np.zeros(2),
    expect=[0, 1, 0],
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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Reading digits
#
# Ten classes, 32 hidden units, 1,197 pictures to learn from, 300 that the network has never seen. Everything in it is yours.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 认数字
#
# 十个类别，32 个隐单元，1197 张训练图像，300 张网络从未见过的图像。里面的每一步都是你写的。

# %% slideshow={"slide_type": "subslide"}
with when_done():
    images, labels = digits("train")
    images_new, labels_new = digits("test")
    x, y = images.reshape(-1, 64), one_hot(labels, K=10)
    theta, losses = descend(
        lambda **theta: network_loss(x, y, **theta), start(np.random.default_rng(0), 64, 32, 10), eta=1.0, steps=300
    )
    guesses = predict(images_new.reshape(-1, 64), **theta)
    print(f"{100 * np.mean(guesses == labels_new):.1f} % of {len(labels_new)} new pictures right")
    show(curves({"cross entropy": losses}, log=True), alt="the loss falls over 300 steps | 损失在 300 步里下降")
    show(confusion(labels_new, guesses, K=10), alt="true digits against predicted ones | 真实数字与预测数字的对照表")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# And the ones it gets wrong, "truth → guess". Would you have done better?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 再看它认错的那些，“真实 → 预测”。换了你，能认对吗？

# %% slideshow={"slide_type": "subslide"}
with when_done():
    wrong = np.flatnonzero(guesses != labels_new)[:20]
    show(
        pictures(images_new[wrong], [f"{labels_new[i]} → {guesses[i]}" for i in wrong]),
        alt="test pictures that the network gets wrong | 网络认错的测试图像",
    )
    show(
        pictures(theta["W_h"].T.reshape(-1, 8, 8), columns=16, signed=True),
        alt="the weights of the 32 hidden units as pictures | 把 32 个隐单元的权重画成图",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.7 What you have now
#
# | model | score | probability | loss | in the notes |
# |---|---|---|---|---|
# | 1 | $z = \mathbf{x}\cdot\mathbf{w} + b$ | (none) | squared error | logistic regression |
# | 2 | $z = \mathbf{x}\cdot\mathbf{w} + b$ | $a = \sigma(z)$ | cross entropy | perceptron |
# | 3 | $z = \mathbf{h}\cdot\mathbf{w}_a + b_a$ | $a = \sigma(z)$ | cross entropy | 1 hidden layer, binary |
# | 4 | $\mathbf{z} = \mathbf{h}\cdot\mathbf{W}_a + \mathbf{b}_a$ | $\mathbf{a} = \mathrm{softmax}(\mathbf{z})$ | cross entropy | 1 hidden layer, multiple |
#
# Three of the four losses are one principle, maximum likelihood, and have one derivative, $a - y$. What is missing is a way to go downhill when there are a million pictures and every step over all of them is too dear. That is the next notebook.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.7 小结
#
# | 模型 | 得分 | 概率 | 损失 | 讲义中的名称 |
# |---|---|---|---|---|
# | 1 | $z = \mathbf{x}\cdot\mathbf{w} + b$ | （无） | 平方误差 | logistic regression |
# | 2 | $z = \mathbf{x}\cdot\mathbf{w} + b$ | $a = \sigma(z)$ | 交叉熵 | perceptron |
# | 3 | $z = \mathbf{h}\cdot\mathbf{w}_a + b_a$ | $a = \sigma(z)$ | 交叉熵 | 单隐层，两类 |
# | 4 | $\mathbf{z} = \mathbf{h}\cdot\mathbf{W}_a + \mathbf{b}_a$ | $\mathbf{a} = \mathrm{softmax}(\mathbf{z})$ | 交叉熵 | 单隐层，多类 |
#
# 四个损失中有三个出自同一条原则，即最大似然，导数也是同一个：$a - y$。还缺的是：图像有一百万张、每一步都遍历一次太贵时，怎样下降？这是下一课的内容。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question 2.** The notes call the squared error non-probabilistic. It need not be: for which $p(y \mid \mathbf{x}, \theta)$ is minimising $\sum_i (y_i - a_i)^2$ maximum likelihood? Why is that $p$ a poor description of labels that are 0 or 1? And if the label were any real number and
# the output $a = z$ without $\sigma$, what would $\partial L/\partial z$ be?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题 2.** 讲义说平方误差是非概率模型。其实未必：对怎样的 $p(y \mid \mathbf{x}, \theta)$，最小化 $\sum_i (y_i - a_i)^2$ 就是最大似然？为什么用这样的 $p$ 描述取值为 0 或 1 的标签并不合适？如果标签可以是任何实数，输出取 $a = z$ 而不用 $\sigma$，那么 $\partial L/\partial z$ 是什么？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-likelihood", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# A normal distribution with mean a and fixed variance s²: −ln p = (y − a)²/(2s²) + const, so the sum of squares is minus the log likelihood up to factor and constant (2 points). Labels are 0 or 1, but a normal
# distribution gives probability to every real number, and a confident mistake costs no more than 1/(2s²), however wrong it is; the Bernoulli distribution makes it cost without bound (1 point). With a = z: ∂L/∂z ∝ a − y once more; for each
# of these distributions the natural output function goes with its likelihood (1 point).
#
# 以 a 为均值、方差 s² 固定的正态分布：−ln p = (y − a)²/(2s²) + 常数，所以平方和与负对数似然只差一个因子和常数（2 分）。标签只取 0 或 1，正态分布却给每个实数都分配概率；而且再自信的错误，代价也不超过 1/(2s²)，伯努利分布则让代价没有上限（1 分）。取 a = z 时，∂L/∂z 仍正比于 a − y：
# 每种分布都有与其似然相配的输出函数（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 1.8 A challenge: when the best answer does not exist
#
# Take two blobs that a straight line can part completely, and train model 2 for longer and longer. The loss keeps falling, and $\lVert\mathbf{w}\rVert$ keeps growing: if a line is right everywhere, doubling $\mathbf{w}$ makes every label more probable. The maximum of the likelihood lies at infinity.
#
# A cure with a reason: say beforehand that very long $\mathbf{w}$ are improbable, $p(\mathbf{w}) \propto e^{-\lambda \lVert\mathbf{w}\rVert^2/2}$, and maximise $p(\text{labels} \mid \theta)\,p(\mathbf{w})$ in place of the likelihood. Work out on paper what that adds to the loss and to the gradient. Then program it below,
# check your gradient against central differences (`chainrule.gradcheck.numerical_gradient`), and watch $\lVert\mathbf{w}\rVert$ for $\lambda = 0$, $0.001$, $0.1$. Does the line move, too?
#
# This one is not graded.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 1.8 挑战：最优解不存在的时候
#
# 取两团可以用直线完全分开的点，把模型 2 训练得越来越久。损失一直在降，$\lVert\mathbf{w}\rVert$ 一直在长：如果一条直线处处都对，把 $\mathbf{w}$ 加倍，每个标签的概率都会更大。似然的最大值在无穷远处。
#
# 有一种有根据的补救办法：事先约定很长的 $\mathbf{w}$ 不大可能，$p(\mathbf{w}) \propto e^{-\lambda \lVert\mathbf{w}\rVert^2/2}$，然后最大化 $p(\text{标签} \mid \theta)\,p(\mathbf{w})$，而不是单单最大化似然。先在纸上推出损失和梯度各多了什么，再在下面写成程序，用中心差分（`chainrule.gradcheck.numerical_gradient`）检验梯度，并观察 $\lambda = 0$、$0.001$、$0.1$ 时的 $\lVert\mathbf{w}\rVert$。直线本身会动吗？
#
# 这一题不计分。

# %% slideshow={"slide_type": "skip"}
x_apart, y_apart = blobs(np.random.default_rng(0), M=60, spread=0.4)

with when_done():
    for steps in (10, 100, 1000, 10000):
        theta, losses = descend(
            lambda w, b: cross_entropy_loss(x_apart, y_apart, w, b), {"w": np.zeros(2), "b": 0.0}, eta=1.0, steps=steps
        )
        print(f"{steps:6d} steps: loss {losses[-1]:.6f}, |w| = {np.hypot(*theta['w']):.2f}")

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# ## Further reading
#
# * C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006: sections 4.3.2 (logistic regression), 4.3.4 (softmax), 5.1 to 5.3 (networks and their gradients).
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, 2016: sections 4.1 (overflow and underflow), 5.5 (maximum likelihood), 6.2 (losses and output units), 6.4 (hidden layers).
# * P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax functions", *IMA Journal of Numerical Analysis* 41, 2021: why subtracting the maximum is right, with error bounds.
# * G. Cybenko, "Approximation by superpositions of a sigmoidal function", *Mathematics of Control, Signals and Systems* 2, 1989: one hidden layer is enough, if it is wide enough.
# * F. Rosenblatt, "The perceptron", *Psychological Review* 65, 1958: the original, step and all.

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# ## 延伸阅读
#
# * C. M. Bishop，*Pattern Recognition and Machine Learning*，2006：4.3.2 节（logistic 回归）、4.3.4 节（softmax）、5.1 至 5.3 节（网络及其梯度）。
# * I. Goodfellow, Y. Bengio, A. Courville，*Deep Learning*，2016：4.1 节（上溢与下溢）、5.5 节（最大似然）、6.2 节（损失与输出单元）、6.4 节（隐层）。
# * P. Blanchard, D. J. Higham, N. J. Higham，“Accurately computing the log-sum-exp and softmax functions”，*IMA Journal of Numerical Analysis* 41，2021：为什么减去最大值是对的，附误差界。
# * G. Cybenko，“Approximation by superpositions of a sigmoidal function”，*Mathematics of Control, Signals and Systems* 2，1989：一个隐层就够了，只要它足够宽。
# * F. Rosenblatt，“The perceptron”，*Psychological Review* 65，1958：感知机的原文，用的正是阶跃函数。
