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
# # 4. Back propagation
#
# A network has thousands of weights and one cost. How does the cost change if I turn this weight, and only this one, a little? Ask a network with a million weights, one after the other, and it has to run
# a million times. Back propagation answers for *all* weights at once, for the price of about two more runs. Nothing in this course would train without it.
#
# By the end of this notebook you can
#
# * derive the gradient of any layered network index by index, and know which sums vanish, and why;
# * follow the three numbers $z$, $a$, $\delta$ of every neuron through a network, forwards and backwards;
# * program the backward pass of a network of any depth, and prove with finite differences that it is right;
# * see a convolution as a linear layer whose connections share their weights, and get its gradient by adding up along them;
# * say without a computer why 10 feature maps of 25 weights have 260 parameters.
#
# You need NumPy, the chain rule with several variables, and notebooks 1 and 3. Plan 90 to 120 minutes.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 4. 反向传播
#
# 一个网络有成千上万个权重，代价却只有一个数。如果只把某一个权重稍稍拧动一点，代价会怎样变？一个一个地问，一百万个权重就要把网络跑上一百万遍。反向传播*一次*回答全部权重，花费大约只是再跑两遍。没有它，这门课里的一切都训练不起来。
#
# 学完这一课，你能够
#
# * 逐个下标推导任何分层网络的梯度，并知道哪些求和项会消失、为什么；
# * 跟着每个神经元的三个数 $z$、$a$、$\delta$，在网络中前进和后退；
# * 为任意深度的网络写出反向传播，并用有限差分证明它是对的；
# * 把卷积看成一个各连线共享权重的线性层，沿着这些连线求和就得到它的梯度；
# * 不用计算机就说出，为什么 10 个各有 25 个权重的特征图共有 260 个参数。
#
# 需要 NumPy、多元函数的链式法则，以及第 1 课和第 3 课。大约 90 到 120 分钟。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule.check import Sheet, when_done
from chainrule.data import digits

# %% slideshow={"slide_type": "skip"}
from chainrule.viz import (
    curves,
    difference_quotients,
    explore,
    layered_graph,
    relu_and_slope,
    shared_connections,
    shared_sum,
    show,
    side_by_side,
)


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def named(title, label):
    """A property's title, in both languages, with the name of the returned value that it is about."""
    return " | ".join(f"{half}: {label}" for half in title.split(" | "))


def each(sheet, title, *arguments, expect):
    """Check every returned value as a property of its own, so that each earns its points."""
    for label, value in (expect(*arguments) if callable(expect) else expect).items():
        sheet.values(named(title, label), *arguments, expect={label: value})


# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.1 A slow gradient that one can trust
#
# Before we derive anything we want something to check it with. A derivative is a limit of difference quotients, so take a small step $h$ to both sides. For a function $f$ of many numbers, move one
# of them at a time; $\mathbf{e}_i$ is 1 at position $i$ and 0 elsewhere:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(\mathbf{x} + h\,\mathbf{e}_i) - f(\mathbf{x} - h\,\mathbf{e}_i)}{2h}$$
#
# Why to both sides? In Taylor's series of $f(x+h) - f(x-h)$ the even powers of $h$ cancel. What is left of the error is $\tfrac{h^2}{6} f'''(x)$, and not $\tfrac{h}{2} f''(x)$ as for a step to one side.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.1 一个慢而可靠的梯度
#
# 推导之前，先准备一样用来检验的东西。导数是差商的极限，那就向两侧各走一小步 $h$。对多个变量的函数 $f$，每次只移动一个；$\mathbf{e}_i$ 在位置 $i$ 上是 1，其余是 0：
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(\mathbf{x} + h\,\mathbf{e}_i) - f(\mathbf{x} - h\,\mathbf{e}_i)}{2h}$$
#
# 为什么向两侧走？在 $f(x+h) - f(x-h)$ 的泰勒展开里，$h$ 的偶次幂互相抵消。剩下的误差是 $\tfrac{h^2}{6} f'''(x)$；只向一侧走，误差则是 $\tfrac{h}{2} f''(x)$。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# On the left $f(x) = e^x \sin 2x$ with both chords, on the right the error for every $h$ on logarithmic axes. A tenth of $h$ makes the error of the central quotient a hundredth, until it turns and grows again: the two
# values of $f$ are then so close that most of their 16 digits cancel. Where is the best $h$, and how many digits are right there? (Rounding costs about $10^{-16}|f|/h$. Set that equal to $h^2/6$.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 左边是 $f(x) = e^x \sin 2x$ 和两条割线，右边是误差随 $h$ 的变化，两轴都取对数。$h$ 缩小到十分之一，中心差商的误差就缩小到百分之一，直到某处掉头又变大：这时两个函数值太接近，16 位有效数字大半抵消掉了。最好的 $h$ 在哪里，那里有几位是对的？（舍入误差大约是 $10^{-16}|f|/h$，令它等于 $h^2/6$ 试试。）

# %% slideshow={"slide_type": "fragment"}
explore(
    difference_quotients,
    {"exponent": "exponent of h | h 的指数"},
    exponent=(-14.0, 0.0, 0.5, -0.5),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `numerical_gradient` for arrays of any shape. From now on it is your judge.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 写出 `numerical_gradient`，对任何形状的数组都适用。从现在起，它就是你的裁判。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, h):
    """Central differences of a function, entry by entry: (f(x + h e_i) - f(x - h e_i)) / 2h.

    f: takes an array of the shape of x and returns a number. x: array of any shape; it must be the same
    afterwards. h: half of the distance between the two points. Returns an array like x.

    >>> numerical_gradient(lambda x: float(x @ x), np.array([1.0, -2.0]), 0.5)
    array([ 2., -4.])
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-numerical_gradient", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def cubes(x):
    return float(np.sum(x**3))


def one_product(x):  # looks its entries up, so it needs the shape of x
    return float(x[0, 0] * x[1, 2] - 3.0 * x[0, 1])


sheet = Sheet("numerical_gradient(f, x, h) -> g", numerical_gradient, points=4)
sheet.values(
    "a parabola, where it is exact | 抛物线，此时是精确的",
    lambda x: float(np.sum(x**2)),
    np.array([1.0, -2.0, 0.5]),
    0.01,
    expect=[2.0, -4.0, 1.0],
)
sheet.values(
    "x³ with h = 1/2: 3x² + 1/4 | x³，h = 1/2：3x² + 1/4",
    cubes,
    np.array([1.0, -1.0, 2.0]),
    0.5,
    expect=[3.25, 3.25, 12.25],
)
sheet.values(
    "a function of a matrix | 矩阵的函数",
    one_product,
    np.array([[2.0, 5.0, -1.0], [0.5, 3.0, 4.0]]),
    0.125,
    expect=[[4.0, -3.0, 0.0], [0.0, 0.0, 2.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def waves(x):
    return np.sum(np.sin(3 * x))


sheet.values(
    "waves, a coarse step | 波，较大的步长",
    waves,
    sheet.spaced(2, 3, 4),
    0.2,
    expect=lambda _f, x, h: np.cos(3 * x) * np.sin(3 * h) / h,
)
sheet.values(
    "a product of all entries | 所有元素的乘积",
    lambda x: np.prod(x),
    sheet.spaced(3, 2),
    0.25,
    expect=lambda _f, x, _h: np.prod(x) / x,
)
sheet.values("a single entry | 只有一个元素", cubes, np.array([[0.5]]), 0.1, expect=[[0.76]])
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.2 Layers, and what depends on what
#
# A batch of $M$ samples goes into a feed-forward network, and a single number comes out, the cost $\mathcal{C}$. Apart from the input there are $L$ layers with $N_1, N_2, \dots, N_L$ neurons. For the $m$-th sample, neuron $i$ of layer
# $l$ puts out its **activation**
#
# $$a_{mi}^{(l)}, \qquad m = 1, \dots, M;\quad l = 1, \dots, L;\quad i = 1, \dots, N_l$$
#
# and the input is $a^{(0)} = x$. All outputs of layer $l$ for sample $m$, and then for the whole batch:
#
# $$\mathcal{A}_m^{(l)} \equiv \{a_{m1}^{(l)}, a_{m2}^{(l)}, \dots, a_{mN_l}^{(l)}\}, \quad \text{size}(\mathcal{A}_m^{(l)}) = N_l$$
#
# $$\mathcal{A}^{(l)} \equiv \mathcal{A}_1^{(l)} \cup \mathcal{A}_2^{(l)} \cup \dots \cup \mathcal{A}_M^{(l)}, \quad \text{size}(\mathcal{A}^{(l)}) = M \times N_l$$
#
# In NumPy $\mathcal{A}^{(l)}$ is simply an array of shape $(M, N_l)$, a row for each sample.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.2 各层，以及谁依赖谁
#
# 一批 $M$ 个样本输入前馈神经网络，最终得到一个数，即代价 $\mathcal{C}$。除输入层外共有 $L$ 层，各层的神经元个数是 $N_1, N_2, \dots, N_L$。对第 $m$ 个样本，第 $l$ 层的第 $i$ 个神经元输出它的**激活值**（activation）
#
# $$a_{mi}^{(l)}, \qquad m = 1, \dots, M;\quad l = 1, \dots, L;\quad i = 1, \dots, N_l$$
#
# 输入记为 $a^{(0)} = x$。第 $m$ 个样本在第 $l$ 层的全部输出，以及整批样本的全部输出，记为
#
# $$\mathcal{A}_m^{(l)} \equiv \{a_{m1}^{(l)}, a_{m2}^{(l)}, \dots, a_{mN_l}^{(l)}\}, \quad \text{size}(\mathcal{A}_m^{(l)}) = N_l$$
#
# $$\mathcal{A}^{(l)} \equiv \mathcal{A}_1^{(l)} \cup \mathcal{A}_2^{(l)} \cup \dots \cup \mathcal{A}_M^{(l)}, \quad \text{size}(\mathcal{A}^{(l)}) = M \times N_l$$
#
# 在 NumPy 里，$\mathcal{A}^{(l)}$ 就是一个形状为 $(M, N_l)$ 的数组，每个样本一行。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Two facts carry the whole derivation. First, a layer depends *directly* on the layer before it only, sample by sample, through functions $f_i^{(l)}$ with parameters $\vec\theta_i^{(l)}$:
#
# $$a_{mi}^{(l)} = f_i^{(l)}\left(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)}\right)$$
#
# Read off what does *not* appear on the right: no other sample, and no other neuron's parameters. Second, the cost depends directly on the last layer only, $\mathcal{C} = \mathcal{C}(\mathcal{A}^{(L)})$. As each layer is a function of the one before, we may
# cut the network at any layer and regard everything behind the cut as one function:
#
# $$\mathcal{C} = \mathcal{C}(\mathcal{A}^{(l)}) \quad \forall\, l \in \{1, \dots, L\}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 整个推导只靠两件事。第一，每一层只*直接*依赖它的上一层，而且各样本互不相干；依赖关系是函数 $f_i^{(l)}$，参数是 $\vec\theta_i^{(l)}$：
#
# $$a_{mi}^{(l)} = f_i^{(l)}\left(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)}\right)$$
#
# 请注意右边*没有*什么：没有别的样本，也没有别的神经元的参数。第二，代价只直接依赖最后一层，$\mathcal{C} = \mathcal{C}(\mathcal{A}^{(L)})$。由于每一层都是上一层的函数，我们可以在任何一层把网络切开，把切口之后的一切看作一个函数：
#
# $$\mathcal{C} = \mathcal{C}(\mathcal{A}^{(l)}) \quad \forall\, l \in \{1, \dots, L\}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The parameters of layer $l$ together, and those of the network:
#
# $$\Theta^{(l)} \equiv \{\vec{\theta}_1^{(l)}, \vec{\theta}_2^{(l)}, \dots, \vec{\theta}_{N_l}^{(l)}\}, \qquad
# \Theta \equiv \Theta^{(1)} \cup \Theta^{(2)} \cup \dots \cup \Theta^{(L)}$$
#
# With the input fixed, the cost is a function of them too: $\mathcal{C} = \mathcal{C}(\Theta)$. That is the one whose gradient we want.
#
# **A tiny network** goes with us, small enough for pencil and paper: two inputs, three neurons with ReLU, two linear outputs, a batch of $M = 2$ samples, and as cost half of the squared error, added up over everything: $\mathcal{C} = \frac12 \sum_{mi} (a_{mi}^{(2)} - y_{mi})^2$.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 第 $l$ 层的全部参数，以及整个网络的全部参数，记为
#
# $$\Theta^{(l)} \equiv \{\vec{\theta}_1^{(l)}, \vec{\theta}_2^{(l)}, \dots, \vec{\theta}_{N_l}^{(l)}\}, \qquad
# \Theta \equiv \Theta^{(1)} \cup \Theta^{(2)} \cup \dots \cup \Theta^{(L)}$$
#
# 输入固定时，代价也是它们的函数：$\mathcal{C} = \mathcal{C}(\Theta)$。我们要的就是这个函数的梯度。
#
# **一个小网络**一路陪着我们，小到可以用纸笔算：两个输入，三个 ReLU 神经元，两个线性输出，一批 $M = 2$ 个样本；代价是平方误差的一半，对所有项求和：$\mathcal{C} = \frac12 \sum_{mi} (a_{mi}^{(2)} - y_{mi})^2$。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "tiny-network", "locked": true, "schema_version": 3, "solution": false, "task": false}
TINY_X = np.array([[1.0, 2.0], [2.0, -1.0]])  # (M, N_0) = (2, 2)
TINY_Y = np.array([[5.0, 7.0], [-3.0, 6.0]])
TINY = [
    (np.array([[1.0, -1.0, 2.0], [1.0, 1.0, -1.0]]), np.array([0.0, 0.0, 1.0])),  # W (N_0, N_1), b (N_1,)
    (np.array([[1.0, 2.0], [3.0, -1.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),  # W (N_1, N_2), b (N_2,)
]

# %% slideshow={"slide_type": "subslide"}
show(
    layered_graph(TINY_X, TINY, TINY_Y, step=2),
    alt="the tiny network with its weights; first sample, forward: a = (1, 2), (3, 1, 1), (6, 6) | 小网络和它的权重；第一个样本前向：a = (1, 2)、(3, 1, 1)、(6, 6)",
)

# %% [markdown] lang="en" slideshow={"slide_type": "fragment"}
# Check a neuron: $z_{13}^{(1)} = 1 \cdot 2 + 2 \cdot (-1) + 1 = 1$, and ReLU leaves the 1 as it is. The output is $(6, 6)$ where $(5, 7)$ was wanted, so the first sample costs $\frac12(1 + 1) = 1$.

# %% [markdown] lang="zh" slideshow={"slide_type": "fragment"}
# 验算一个神经元：$z_{13}^{(1)} = 1 \cdot 2 + 2 \cdot (-1) + 1 = 1$，ReLU 让 1 保持不变。输出是 $(6, 6)$，想要的是 $(5, 7)$，所以第一个样本的代价是 $\frac12(1 + 1) = 1$。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.3 What δ is
#
# The central quantity is no gradient of a parameter. It is the sensitivity of the cost to an *activation*:
#
# $$\delta_{mi}^{(l)} \equiv \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{mi}^{(l)}}$$
#
# In words: cut the network at layer $l$, take the activations there in your hand, turn number $i$ of sample $m$ and hold all the others; by how much does the cost move? One number for each neuron and sample, so $\delta^{(l)}$ has the shape of
# $\mathcal{A}^{(l)}$, $(M, N_l)$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.3 什么是 δ
#
# 推导的主角不是某个参数的梯度，而是代价对一个*激活值*的敏感程度：
#
# $$\delta_{mi}^{(l)} \equiv \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{mi}^{(l)}}$$
#
# 用话来说：在第 $l$ 层把网络切开，把那里的激活值握在手中，拧动第 $m$ 个样本的第 $i$ 个，其余不动，代价会变多少？每个神经元、每个样本一个数，所以 $\delta^{(l)}$ 的形状与 $\mathcal{A}^{(l)}$ 相同，都是 $(M, N_l)$。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The cost is a sum over the samples, $\mathcal{C}(\mathcal{A}^{(l)}) = \sum_{m=1}^M \mathcal{C}_m(\mathcal{A}_m^{(l)})$, and only one term of it contains sample $m$. Therefore
#
# $$\delta_{mi}^{(l)} = \frac{\partial \mathcal{C}_m(\mathcal{A}_m^{(l)})}{\partial a_{mi}^{(l)}}, \qquad\text{in particular}\qquad
# \delta_{mi}^{(L)} = \frac{\partial \mathcal{C}(\mathcal{A}^{(L)})}{\partial a_{mi}^{(L)}} = \frac{\partial \mathcal{C}_m(\mathcal{A}_m^{(L)})}{\partial a_{mi}^{(L)}}$$
#
# The last layer's $\delta$ is where the walk back begins; it comes from the cost alone, and knows nothing of the network. (If the cost is a *mean* over the batch, as in notebook 1, then $\mathcal{C}_m$ has the factor $1/M$, and so has $\delta^{(L)}$. It is the only place where
# $1/M$ enters: everything that follows is linear in $\delta^{(L)}$.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 代价可以按样本拆开，$\mathcal{C}(\mathcal{A}^{(l)}) = \sum_{m=1}^M \mathcal{C}_m(\mathcal{A}_m^{(l)})$，其中只有一项含有样本 $m$。于是
#
# $$\delta_{mi}^{(l)} = \frac{\partial \mathcal{C}_m(\mathcal{A}_m^{(l)})}{\partial a_{mi}^{(l)}}, \qquad\text{特别地}\qquad
# \delta_{mi}^{(L)} = \frac{\partial \mathcal{C}(\mathcal{A}^{(L)})}{\partial a_{mi}^{(L)}} = \frac{\partial \mathcal{C}_m(\mathcal{A}_m^{(L)})}{\partial a_{mi}^{(L)}}$$
#
# 最后一层的 $\delta$ 是往回走的起点；它只由代价决定，与网络无关。（如果代价像第 1 课那样取一批样本的*平均*，$\mathcal{C}_m$ 就带有因子 $1/M$，$\delta^{(L)}$ 也一样。$1/M$ 只在这一处出现：后面的一切对 $\delta^{(L)}$ 都是线性的。）

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# In the tiny network $\mathcal{C}_m = \frac12 \sum_i (a_{mi}^{(2)} - y_{mi})^2$, and so $\delta_{mi}^{(2)} = a_{mi}^{(2)} - y_{mi}$:
#
# $$\delta^{(2)} = \begin{bmatrix} 6 & 6 \\ -4 & 8 \end{bmatrix} - \begin{bmatrix} 5 & 7 \\ -3 & 6 \end{bmatrix} = \begin{bmatrix} 1 & -1 \\ -1 & 2 \end{bmatrix}$$
#
# Read the first row: to lower the cost, the first output of sample 1 should fall and the second rise.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 在小网络里 $\mathcal{C}_m = \frac12 \sum_i (a_{mi}^{(2)} - y_{mi})^2$，所以 $\delta_{mi}^{(2)} = a_{mi}^{(2)} - y_{mi}$：
#
# $$\delta^{(2)} = \begin{bmatrix} 6 & 6 \\ -4 & 8 \end{bmatrix} - \begin{bmatrix} 5 & 7 \\ -3 & 6 \end{bmatrix} = \begin{bmatrix} 1 & -1 \\ -1 & 2 \end{bmatrix}$$
#
# 读第一行：要降低代价，样本 1 的第一个输出应当下降，第二个应当上升。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.4 One layer back: the recursion
#
# Suppose $\delta^{(l)}$ is known. Turn $a_{mi}^{(l-1)}$. The cost feels it through layer $l$ only, and by the chain rule through *every* entry of layer $l$, so we begin with all of them:
#
# $$\delta_{mi}^{(l-1)} = \frac{\partial \mathcal{C}(\mathcal{A}^{(l-1)})}{\partial a_{mi}^{(l-1)}}
# = \sum_{n=1}^M \sum_{j=1}^{N_l} \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{nj}^{(l)}} \frac{\partial a_{nj}^{(l)}}{\partial a_{mi}^{(l-1)}}$$
#
# The first factor is $\delta_{nj}^{(l)}$. In the second, $a_{nj}^{(l)} = f_j^{(l)}(\mathcal{A}_n^{(l-1)}, \vec\theta_j^{(l)})$ contains sample $n$ only: the derivative is 0 unless $n = m$. The sum over $n$ collapses to one term:
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \frac{\partial f_j^{(l)}(\mathcal{A}_m^{(l-1)}, \vec{\theta}_j^{(l)})}{\partial a_{mi}^{(l-1)}}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.4 后退一层：递推关系
#
# 设 $\delta^{(l)}$ 已知。拧动 $a_{mi}^{(l-1)}$，代价只能通过第 $l$ 层感觉到它；按链式法则，是通过第 $l$ 层的*每一个*元素，所以先把它们全写上：
#
# $$\delta_{mi}^{(l-1)} = \frac{\partial \mathcal{C}(\mathcal{A}^{(l-1)})}{\partial a_{mi}^{(l-1)}}
# = \sum_{n=1}^M \sum_{j=1}^{N_l} \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{nj}^{(l)}} \frac{\partial a_{nj}^{(l)}}{\partial a_{mi}^{(l-1)}}$$
#
# 第一个因子就是 $\delta_{nj}^{(l)}$。第二个因子里，$a_{nj}^{(l)} = f_j^{(l)}(\mathcal{A}_n^{(l-1)}, \vec\theta_j^{(l)})$ 只含样本 $n$：除非 $n = m$，导数都是 0。对 $n$ 的求和只剩一项：
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \frac{\partial f_j^{(l)}(\mathcal{A}_m^{(l-1)}, \vec{\theta}_j^{(l)})}{\partial a_{mi}^{(l-1)}}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The sum over $j$ stays, and it is the heart of the matter: a neuron that feeds several others is to blame for what it does to *each* of them, and the blames **add up**. The first hidden neuron of the tiny network feeds the outputs 1 and 2
# with the weights 1 and 2. For sample 1 its $\delta$ is
#
# $$\delta_{11}^{(1)} = \delta_{11}^{(2)} \cdot 1 + \delta_{12}^{(2)} \cdot 2 = 1 \cdot 1 + (-1) \cdot 2 = -1$$
#
# The notes go on with a layer that has no parameters at all, max-pool, for which the derivative of $f_j$ is 1 at the winner and 0 elsewhere. It has a notebook of its own, the next one.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 对 $j$ 的求和留了下来，这正是关键：一个神经元如果供给好几个下游神经元，它要为自己对*每一个*造成的影响负责，各份责任**相加**。小网络的第一个隐神经元以权重 1 和 2 供给输出 1 和 2。对样本 1，它的 $\delta$ 是
#
# $$\delta_{11}^{(1)} = \delta_{11}^{(2)} \cdot 1 + \delta_{12}^{(2)} \cdot 2 = 1 \cdot 1 + (-1) \cdot 2 = -1$$
#
# 讲义接下来讲的是完全没有参数的 max-pool 层，那里 $f_j$ 的导数在胜者处是 1，其余是 0。它自成一课，就是下一课。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.5 Off to the parameters
#
# With all $\delta$ known, the parameters are a side step. $\mathcal{C}$ depends on $\vec\theta_i^{(l)}$ through activations; begin again with all there are, of every sample, layer and neuron:
#
# $$\frac{\partial \mathcal{C}(\Theta)}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \sum_{k=1}^L \sum_{j=1}^{N_k} \frac{\partial \mathcal{C}(\mathcal{A}^{(k)})}{\partial a_{mj}^{(k)}} \frac{\partial a_{mj}^{(k)}}{\partial \vec{\theta}_i^{(l)}}$$
#
# The last derivative is meant *directly*, with layer $k - 1$ held fixed, for what travels on through later layers is in the $\delta$ already. And directly $\vec\theta_i^{(l)}$ appears in neuron $i$ of layer $l$ and nowhere else: only $k = l$, $j = i$ are left.
#
# $$\frac{\partial \mathcal{C}(\Theta)}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{mi}^{(l)}} \frac{\partial a_{mi}^{(l)}}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \delta_{mi}^{(l)} \frac{\partial f_i^{(l)}(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)})}{\partial \vec{\theta}_i^{(l)}}$$
#
# The sum over the samples does *not* collapse: all samples use the same parameters.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.5 转向参数
#
# 所有的 $\delta$ 都有了，参数只是旁边的一步。$\mathcal{C}$ 通过激活值依赖 $\vec\theta_i^{(l)}$；还是先把所有样本、所有层、所有神经元都写上：
#
# $$\frac{\partial \mathcal{C}(\Theta)}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \sum_{k=1}^L \sum_{j=1}^{N_k} \frac{\partial \mathcal{C}(\mathcal{A}^{(k)})}{\partial a_{mj}^{(k)}} \frac{\partial a_{mj}^{(k)}}{\partial \vec{\theta}_i^{(l)}}$$
#
# 最后这个导数指的是*直接*依赖，即第 $k - 1$ 层固定不动；经由后面各层传下去的影响，已经包含在 $\delta$ 里了。而直接含有 $\vec\theta_i^{(l)}$ 的，只有第 $l$ 层的神经元 $i$：只剩下 $k = l$、$j = i$。
#
# $$\frac{\partial \mathcal{C}(\Theta)}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \frac{\partial \mathcal{C}(\mathcal{A}^{(l)})}{\partial a_{mi}^{(l)}} \frac{\partial a_{mi}^{(l)}}{\partial \vec{\theta}_i^{(l)}} = \sum_{m=1}^M \delta_{mi}^{(l)} \frac{\partial f_i^{(l)}(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)})}{\partial \vec{\theta}_i^{(l)}}$$
#
# 对样本的求和*不会*消失：所有样本用的是同一组参数。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# In the tiny network: the weight from hidden neuron 1 to output 1 is a parameter of $a_{m1}^{(2)}$, whose derivative by it is the input $a_{m1}^{(1)}$ on this line, 3 for sample 1 and 1 for sample 2. Each sample
# votes with its $\delta$, and the votes are added:
#
# $$\frac{\partial \mathcal{C}}{\partial W_{11}^{(2)}} = \delta_{11}^{(2)} \cdot 3 + \delta_{21}^{(2)} \cdot 1 = 1 \cdot 3 + (-1) \cdot 1 = 2$$
#
# Sample 1 wants the weight smaller, sample 2 larger; sample 1 has the louder voice, because its neuron was more active.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 在小网络里：隐神经元 1 到输出 1 的权重是 $a_{m1}^{(2)}$ 的一个参数，导数就是这根连线上的输入 $a_{m1}^{(1)}$，样本 1 是 3，样本 2 是 1。每个样本用自己的 $\delta$ 投票，票数相加：
#
# $$\frac{\partial \mathcal{C}}{\partial W_{11}^{(2)}} = \delta_{11}^{(2)} \cdot 3 + \delta_{21}^{(2)} \cdot 1 = 1 \cdot 3 + (-1) \cdot 1 = 2$$
#
# 样本 1 希望权重小一些，样本 2 希望大一些；样本 1 的声音更响，因为它的神经元更活跃。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.6 The linear kernel layer
#
# In most layers all neurons have the same function, a weighted sum with a bias and then a fixed function $F$:
#
# $$a_{mi}^{(l)} = F^{(l)}\left(z_{mi}^{(l)}\right), \qquad z_{mi}^{(l)} = \sum_{j=1}^{N_{l-1}} a_{mj}^{(l-1)} W_{ji}^{(l)} + b_i^{(l)}$$
#
# Neuron $i$ has $N_{l-1} + 1$ parameters, $\vec\theta_i^{(l)} \equiv \{W_{1i}^{(l)}, W_{2i}^{(l)}, \dots, W_{N_{l-1}i}^{(l)}, b_i^{(l)}\}$. Those of the layer are now called $(\mathbf{W}^{(l)}, \mathbf{b}^{(l)})$, all others of the network $\Theta'$.
# Each weight $W_{ji}$ is one line $\langle ji \rangle$ of the graph, from $j$ in layer $l-1$ to $i$ in layer $l$. In a fully connected layer $j$ and $i$ run over all neurons of the two layers; section 4.8 has one where most lines are missing.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.6 线性核层
#
# 大多数层里，所有神经元的函数一致：加权求和，加偏置，再作用一个固定的函数 $F$：
#
# $$a_{mi}^{(l)} = F^{(l)}\left(z_{mi}^{(l)}\right), \qquad z_{mi}^{(l)} = \sum_{j=1}^{N_{l-1}} a_{mj}^{(l-1)} W_{ji}^{(l)} + b_i^{(l)}$$
#
# 神经元 $i$ 有 $N_{l-1} + 1$ 个参数，$\vec\theta_i^{(l)} \equiv \{W_{1i}^{(l)}, W_{2i}^{(l)}, \dots, W_{N_{l-1}i}^{(l)}, b_i^{(l)}\}$。这一层的全部参数改记为 $(\mathbf{W}^{(l)}, \mathbf{b}^{(l)})$，网络中其余的参数记为 $\Theta'$。每个权重 $W_{ji}$ 对应图中的一根连线 $\langle ji \rangle$，从第 $l-1$ 层的 $j$ 到第 $l$ 层的 $i$。在全连通的层里，$j$ 和 $i$ 遍历两层的所有神经元；4.8 节的那种层，大多数连线都没有。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Put this $f$ into the two results. The inner derivatives are
#
# $$\frac{\partial z_{mj}^{(l)}}{\partial a_{mi}^{(l-1)}} = W_{ij}^{(l)}, \qquad
# \frac{\partial z_{mi}^{(l)}}{\partial W_{ji}^{(l)}} = a_{mj}^{(l-1)}, \qquad
# \frac{\partial z_{mi}^{(l)}}{\partial b_i^{(l)}} = 1$$
#
# and with the outer one, $F'$ at the same neuron's $z$, we have the three formulas of this notebook:
#
# $$\begin{aligned} \delta_{mi}^{(l-1)} &= \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mj}^{(l)}} W_{ij}^{(l)} \\ \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial W_{ji}^{(l)}} &= \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} a_{mj}^{(l-1)} \\ \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial b_i^{(l)}} &= \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} \end{aligned}$$
#
# (The notes write $\mathcal{L}$ for $\mathcal{C}$ in the last two; it is the same cost.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 把这个 $f$ 代入前面的两个结果。内层的导数是
#
# $$\frac{\partial z_{mj}^{(l)}}{\partial a_{mi}^{(l-1)}} = W_{ij}^{(l)}, \qquad
# \frac{\partial z_{mi}^{(l)}}{\partial W_{ji}^{(l)}} = a_{mj}^{(l-1)}, \qquad
# \frac{\partial z_{mi}^{(l)}}{\partial b_i^{(l)}} = 1$$
#
# 外层的导数是同一个神经元的 $z$ 处的 $F'$。于是得到本课的三个公式：
#
# $$\begin{aligned} \delta_{mi}^{(l-1)} &= \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mj}^{(l)}} W_{ij}^{(l)} \\ \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial W_{ji}^{(l)}} &= \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} a_{mj}^{(l-1)} \\ \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial b_i^{(l)}} &= \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} \end{aligned}$$
#
# （讲义在后两式里写的是 $\mathcal{L}$，指的是同一个代价 $\mathcal{C}$。）

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Mind the indices: the first formula has $W_{ij}$, the second $W_{ji}$. Going forwards one adds over the *first* index of $W$, going back over the *second*: backwards it is $\mathbf W^{T}$. And in all three the same product
# $\delta F'$ stands, one number for each neuron and sample. It is $\partial\mathcal C/\partial z$; compute it once. Many books call *that* $\delta$; the notes' $\delta$ is the derivative by $a$. When you compare formulas, look there first.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 注意下标：第一式里是 $W_{ij}$，第二式里是 $W_{ji}$。前向时对 $W$ 的*第一个*下标求和，反向时对*第二个*求和：反向用的是 $\mathbf W^{T}$。三个公式里都有同一个乘积 $\delta F'$，每个神经元、每个样本一个数。它就是 $\partial\mathcal C/\partial z$，算一次就够。很多书把*它*叫做 $\delta$；讲义的 $\delta$ 是对 $a$ 的导数。对照公式时，先看清这一点。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### ReLU
#
# The first special case of the notes: $F(z) = \max(0, z)$, the rectified linear unit, with
#
# $$\left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} = \begin{cases} 1, & \text{if } z_{mi}^{(l)} \geq 0 \\ 0, & \text{if } z_{mi}^{(l)} < 0 \end{cases}$$
#
# On the way back a ReLU is a switch: $\delta$ passes, or it does not. Never smaller, never larger: compare $\sigma'$, which is at most $\frac14$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### ReLU
#
# 讲义的第一个特例：$F(z) = \max(0, z)$，即修正线性单元（ReLU），
#
# $$\left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} = \begin{cases} 1, & \text{if } z_{mi}^{(l)} \geq 0 \\ 0, & \text{if } z_{mi}^{(l)} < 0 \end{cases}$$
#
# 在反向的路上，ReLU 是一个开关：$\delta$ 要么通过，要么不通过，不会变小也不会变大。比较一下 $\sigma'$，它最大只有 $\frac14$。

# %% slideshow={"slide_type": "fragment"}
show(
    relu_and_slope(),
    alt="ReLU is 0 to the left of 0 and the diagonal to the right; its derivative jumps from 0 to 1 at 0, where the notes take 1 | ReLU 在 0 左侧为 0，右侧是对角线；导数在 0 处从 0 跳到 1，讲义在该点取 1",
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# In the tiny network the second hidden neuron has $z_{22}^{(1)} = -3$ for sample 2: it is off. Its $\delta_{22}^{(1)} = -5$ says that the cost would feel a change of its *output*. But no small change of its input changes the output, and so nothing goes on from here:
#
# $$\delta_{21}^{(0)} = \underbrace{3 \cdot 1 \cdot 1}_{j=1} + \underbrace{(-5) \cdot 0 \cdot (-1)}_{j=2,\text{ off}} + \underbrace{3 \cdot 1 \cdot 2}_{j=3} = 9$$
#
# ($\delta^{(0)}$, the derivative by the input, is not needed for learning. But it tells which pixels the network looks at.) For the weights likewise: $\partial\mathcal C/\partial W_{12}^{(1)} = 4 \cdot 1 \cdot 1 + (-5) \cdot 0 \cdot 2 = 4$; only sample 1 has a say.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 在小网络里，第二个隐神经元对样本 2 有 $z_{22}^{(1)} = -3$：它关着。它的 $\delta_{22}^{(1)} = -5$ 说明，如果它的*输出*变了，代价是会感觉到的。但它的输入有小的变化时，输出并不变，所以从这里不再往回传：
#
# $$\delta_{21}^{(0)} = \underbrace{3 \cdot 1 \cdot 1}_{j=1} + \underbrace{(-5) \cdot 0 \cdot (-1)}_{j=2,\ \text{关}} + \underbrace{3 \cdot 1 \cdot 2}_{j=3} = 9$$
#
# （$\delta^{(0)}$ 是对输入的导数，学习用不到它，但它告诉我们网络在看哪些像素。）权重也一样：$\partial\mathcal C/\partial W_{12}^{(1)} = 4 \cdot 1 \cdot 1 + (-5) \cdot 0 \cdot 2 = 4$，只有样本 1 说了算。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# > **At the kink.** At $z = 0$ ReLU has no derivative. The notes take 1; TensorFlow and PyTorch take 0. Each number between 0 and 1 is a *subgradient*, the slope of a line that touches the graph there and stays below it, so neither choice is wrong. We follow the notes.
# > When you are done, the last cell of the exercise shows what your judge says: the mean of both sides. That is why one never checks gradients exactly at a kink.
#
# **Exercise 2.** Write `relu` and `relu_prime`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# > **在折点上。** ReLU 在 $z = 0$ 处没有导数。讲义取 1，TensorFlow 和 PyTorch 取 0。0 和 1 之间的每个数都是*次梯度*，即在该点碰到图像而又不超出图像的直线的斜率，所以哪种取法都不算错。我们跟随讲义。做完之后运行练习的最后一格，看看你的裁判怎么说：它给出两侧的平均。所以检验梯度时，决不要正好落在折点上。
#
# **练习 2.** 写出 `relu` 和 `relu_prime`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(z):
    """max(0, z), entry by entry. z: array of any shape, unchanged. Returns an array of the same shape.

    >>> relu(np.array([-2.0, 0.5]))
    array([0. , 0.5])
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0.0)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("relu(z) -> a", relu, points=1)
sheet.values("five numbers | 五个数", np.array([-3.0, -0.5, 0.0, 0.5, 3.0]), expect=[0.0, 0.0, 0.0, 0.5, 3.0])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("several axes | 多维数组", sheet.spaced(2, 3, 4), expect=lambda z: (z + np.abs(z)) / 2)
sheet.values("large values | 很大的数", np.array([[-1e6, 1e6], [2e3, -2e3]]), expect=[[0.0, 1e6], [2e3, 0.0]])
sheet.values("all negative | 全为负", np.array([-1.0, -4.0, -0.25]), expect=[0.0, 0.0, 0.0])
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "relu_prime", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_prime(z):
    """Derivative of relu at z, entry by entry: 0 for z < 0, 1 for z > 0, and 1 at z = 0 as in the notes.

    z: array of any shape, unchanged. Returns floating numbers in the same shape.

    >>> relu_prime(np.array([-2.0, 0.5]))
    array([0., 1.])
    """
    ### BEGIN SOLUTION
    return np.where(z >= 0, 1.0, 0.0)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-relu_prime", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("relu_prime(z) -> F_prime", relu_prime, points=2)
sheet.values("away from the kink | 折点以外", np.array([-3.0, -0.5, 0.5, 3.0]), expect=[0.0, 0.0, 1.0, 1.0])
sheet.values("1 at the kink | 折点处为 1", np.array([[-1.0, 0.0], [0.0, 2.0]]), expect=[[0.0, 1.0], [1.0, 1.0]])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values(
    "several axes | 多维数组",
    sheet.spaced(3, 2, 4),
    expect=lambda z: (np.maximum(z + 1e-6, 0) - np.maximum(z - 1e-6, 0)) / 2e-6,
)
sheet.values("tiny and large | 极小与极大", np.array([-1e-12, 1e-12, -1e9, 1e9]), expect=[0.0, 1.0, 0.0, 1.0])
### END HIDDEN TESTS
sheet.report()

# %% slideshow={"slide_type": "fragment"}
with when_done():
    kink = np.zeros(1)
    print("relu_prime", relu_prime(kink), " numerical", numerical_gradient(lambda z: relu(z).sum(), kink, 1e-5))

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### All samples and all neurons at once
#
# Each sum over an index that two arrays share is a matrix product. For the batch, with $\odot$ for the product entry by entry and the derivative $\mathbf F' = F'(\mathbf z)$ as an array of the same shape $(M, N_l)$:
#
# $$\mathbf z^{(l)} = \mathbf a^{(l-1)} \mathbf W^{(l)} + \mathbf b^{(l)}$$
#
# **Exercise 3.** Write `layer_forward`, the weighted sums; $F$ comes later.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 所有样本、所有神经元一起算
#
# 凡是对两个数组共有的下标求和，就是一次矩阵乘法。对整批样本，用 $\odot$ 表示逐元素的乘积，导数 $\mathbf F' = F'(\mathbf z)$ 写成同样形状 $(M, N_l)$ 的数组，有
#
# $$\mathbf z^{(l)} = \mathbf a^{(l-1)} \mathbf W^{(l)} + \mathbf b^{(l)}$$
#
# **练习 3.** 写出 `layer_forward`，即加权和；$F$ 以后再作用。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "layer_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_forward(a_prev, W, b):
    """Weighted sums of a linear kernel layer: z_mi = Σ_j a_prev_mj W_ji + b_i, before F.

    a_prev: (M, N_prev), W: (N_prev, N), b: (N,). Returns z: (M, N).

    >>> layer_forward(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([0.5]))
    array([[11.5]])
    """
    ### BEGIN SOLUTION
    return a_prev @ W + b
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-layer_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("layer_forward(a_prev, W, b) -> z", layer_forward, points=2)
sheet.values(
    "the tiny network's first layer | 小网络的第一层",
    TINY_X,
    *TINY[0],
    expect=[[3.0, 1.0, 1.0], [1.0, -3.0, 6.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def weighted_sums(a_prev, W, b):
    M, N_prev, N = len(a_prev), *W.shape
    return [[b[i] + sum(a_prev[m, j] * W[j, i] for j in range(N_prev)) for i in range(N)] for m in range(M)]


sheet.values("any shape | 任意形状", sheet.spaced(5, 4), sheet.spaced(4, 3), sheet.spaced(3), expect=weighted_sums)
sheet.values(
    "as many samples as neurons | 样本与神经元一样多",
    sheet.spaced(3, 3),
    sheet.spaced(3, 3),
    sheet.spaced(3),
    expect=weighted_sums,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# And back. With $\mathbf g = \delta^{(l)} \odot \mathbf F'$, try to write each of the three formulas as a product of two of the arrays $\mathbf g$ $(M, N_l)$, $\mathbf W$ $(N_{l-1}, N_l)$ and $\mathbf a^{(l-1)}$ $(M, N_{l-1})$, or as a sum. There is only one way in which the
# shapes fit; but do look at the indices, in a square layer *every* way fits.
#
# The numbers of the tiny network, second layer (linear, $F' = 1$), to try it on:
#
# $$\delta^{(1)} = \begin{bmatrix} 1 & -1 \\ -1 & 2 \end{bmatrix} \begin{bmatrix} 1 & 3 & -1 \\ 2 & -1 & 1 \end{bmatrix} = \begin{bmatrix} -1 & 4 & -2 \\ 3 & -5 & 3 \end{bmatrix}$$
#
# **Exercise 4.** Write `layer_backward`. It gets $\delta$ and $F'(z)$, whatever $F$ is.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 再看反向。记 $\mathbf g = \delta^{(l)} \odot \mathbf F'$，试着把三个公式各写成 $\mathbf g$ $(M, N_l)$、$\mathbf W$ $(N_{l-1}, N_l)$、$\mathbf a^{(l-1)}$ $(M, N_{l-1})$ 中两个数组的乘积，或者一个求和。形状对得上的写法只有一种；但还是要看清下标，因为在方阵的层里，*怎么写*形状都对得上。
#
# 可以用小网络第二层的数来试（线性层，$F' = 1$）：
#
# $$\delta^{(1)} = \begin{bmatrix} 1 & -1 \\ -1 & 2 \end{bmatrix} \begin{bmatrix} 1 & 3 & -1 \\ 2 & -1 & 1 \end{bmatrix} = \begin{bmatrix} -1 & 4 & -2 \\ 3 & -5 & 3 \end{bmatrix}$$
#
# **练习 4.** 写出 `layer_backward`。它得到 $\delta$ 和 $F'(z)$，不管 $F$ 是什么。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "layer_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_backward(delta, F_prime, a_prev, W):
    """One layer back: from the cost's derivative by this layer's a to the one before, and the gradients.

    delta: (M, N) = ∂C/∂a, F_prime: (M, N) = F'(z), a_prev: (M, N_prev), W: (N_prev, N).
    Returns (delta_prev (M, N_prev), dW (N_prev, N), db (N,)):
      delta_prev_mi = Σ_j delta_mj F_prime_mj W_ij
      dW_ji         = Σ_m delta_mi F_prime_mi a_prev_mj
      db_i          = Σ_m delta_mi F_prime_mi

    >>> one = np.ones((1, 1))
    >>> layer_backward(2 * one, 0.5 * one, 7 * one, 10 * one)
    (array([[10.]]), array([[7.]]), array([1.]))
    """
    ### BEGIN SOLUTION
    dz = delta * F_prime  # ∂C/∂z
    return dz @ W.T, a_prev.T @ dz, dz.sum(axis=0)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-layer_backward", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("layer_backward(delta, F_prime, a_prev, W) -> delta_prev, dW, db", layer_backward, points=6)
each(
    sheet,
    "the tiny network's second layer, F' = 1 | 小网络的第二层，F' = 1",
    np.array([[1.0, -1.0], [-1.0, 2.0]]),
    np.ones((2, 2)),
    np.array([[3.0, 1.0, 1.0], [1.0, 0.0, 6.0]]),
    TINY[1][0],
    expect={
        "delta_prev": [[-1.0, 4.0, -2.0], [3.0, -5.0, 3.0]],
        "dW": [[2.0, -1.0], [1.0, -1.0], [-5.0, 11.0]],
        "db": [0.0, 1.0],
    },
)
each(
    sheet,
    "its first layer: one neuron of sample 2 is off | 第一层：样本 2 有一个神经元关着",
    np.array([[-1.0, 4.0, -2.0], [3.0, -5.0, 3.0]]),
    np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 1.0]]),
    TINY_X,
    TINY[0][0],
    expect={
        "delta_prev": [[-9.0, 5.0], [9.0, 0.0]],
        "dW": [[5.0, 4.0, 4.0], [-5.0, 8.0, -7.0]],
        "db": [2.0, 4.0, 1.0],
    },
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def notes_sums(delta, F_prime, a_prev, W):
    """The three formulas as they stand, index by index."""
    (M, N), N_prev = delta.shape, len(W)
    return {
        "delta_prev": [
            [sum(delta[m, j] * F_prime[m, j] * W[i, j] for j in range(N)) for i in range(N_prev)] for m in range(M)
        ],
        "dW": [
            [sum(delta[m, i] * F_prime[m, i] * a_prev[m, j] for m in range(M)) for i in range(N)] for j in range(N_prev)
        ],
        "db": [sum(delta[m, i] * F_prime[m, i] for m in range(M)) for i in range(N)],
    }


def tanh_layer(delta, _F_prime, a_prev, W):
    """Slopes of Σ delta tanh(a_prev W), by differences: nothing of the notes' formulas in it."""
    h = 1e-5

    def slope(a_step, W_step):
        up, down = (np.sum(delta * np.tanh((a_prev + s * a_step) @ (W + s * W_step))) for s in (h, -h))
        return (up - down) / (2 * h)

    return {
        "delta_prev": np.reshape([slope(u.reshape(a_prev.shape), 0) for u in np.eye(a_prev.size)], a_prev.shape),
        "dW": np.reshape([slope(0, u.reshape(W.shape)) for u in np.eye(W.size)], W.shape),
    }


each(
    sheet,
    "more samples than neurons | 样本比神经元多",
    sheet.spaced(5, 3),
    sheet.spaced(5, 3),
    sheet.spaced(5, 2),
    sheet.spaced(2, 3),
    expect=notes_sums,
)
each(
    sheet,
    "a square layer, as many samples | 方阵的层，样本一样多",
    sheet.spaced(3, 3),
    sheet.spaced(3, 3),
    sheet.spaced(3, 3),
    sheet.spaced(3, 3),
    expect=notes_sums,
)
a_prev, W = sheet.spaced(4, 3) / 2, sheet.spaced(3, 2) / 2
each(
    sheet,
    "a tanh layer against differences | tanh 层，与差分对照",
    sheet.spaced(4, 2),
    1 - np.tanh(a_prev @ W) ** 2,
    a_prev,
    W,
    expect=tanh_layer,
)
each(
    sheet,
    "a single sample | 只有一个样本",
    sheet.spaced(1, 4),
    sheet.spaced(1, 4),
    sheet.spaced(1, 3),
    sheet.spaced(3, 4),
    expect=notes_sums,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Step through the graph
#
# In each circle stands $a$, above it $z$, below it $\delta$. Forward first: every step computes $z$ and $a$ of one layer. At the turning point the cost gives $\delta^{(L)}$. Then back, layer by layer. Thick lines are those that take part in the step, red lines have positive weights, blue ones negative; a neuron that is
# switched off has a grey face. The last steps write the gradient of each weight on its line; they add up over both samples, so they are the same for both.
#
# Before each step back, work out one $\delta$ yourself. Then look at sample 2: one neuron is off. Which numbers does that make 0, and which $\delta$ is not 0 although its neuron is off?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 在图上一步步走
#
# 圆圈里是 $a$，上面是 $z$，下面是 $\delta$。先前进：每一步算出一层的 $z$ 和 $a$。到了转折点，由代价得到 $\delta^{(L)}$。然后一层一层往回走。粗线是这一步用到的连线，红线的权重为正，蓝线为负；关着的神经元画成灰色。最后几步把每个权重的梯度写在它的连线上；它们是对两个样本求和的结果，所以切换样本时不变。
#
# 每后退一步之前，先自己算出一个 $\delta$。然后看样本 2：有一个神经元关着。哪些数因此成了 0？哪个 $\delta$ 不是 0，尽管它的神经元关着？

# %% slideshow={"slide_type": "fragment"}
explore(
    lambda step, sample: layered_graph(TINY_X, TINY, TINY_Y, step=step, sample=sample),
    {"step": "step | 第几步", "sample": "sample m | 样本 m"},
    step=(0, 7, 1, 0),
    sample=(1, 2, 1, 1),
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.7 The whole network
#
# Forward, every layer's $z$ and $a$ must be kept: back propagation needs $z$ for $F'$ and $a$ for the weights' gradients. From now on all layers but the last have ReLU; the last is linear, $a^{(L)} = z^{(L)}$, and the cost sits on top of it.
#
# **Exercise 5.** Write `forward`. `params` is a list with $(\mathbf W^{(l)}, \mathbf b^{(l)})$ of each layer, of any length.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.7 整个网络
#
# 前向时，每一层的 $z$ 和 $a$ 都要留着：反向传播要用 $z$ 求 $F'$，用 $a$ 求权重的梯度。从现在起，除最后一层外都用 ReLU；最后一层是线性的，$a^{(L)} = z^{(L)}$，代价接在它上面。
#
# **练习 5.** 写出 `forward`。`params` 是一个列表，每层一对 $(\mathbf W^{(l)}, \mathbf b^{(l)})$，层数任意。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward(x, params):
    """All sums and activations of a network: ReLU in every layer but the last, which is linear (a = z).

    x: (M, N_0), params: list of (W (N_prev, N), b (N,)), one for each layer.
    Returns a list of pairs (z, a), one for each layer in its order; both arrays are (M, N).

    >>> forward(np.array([[-1.0]]), [(np.array([[2.0]]), np.zeros(1)), (np.array([[3.0]]), np.ones(1))])
    [(array([[-2.]]), array([[0.]])), (array([[1.]]), array([[1.]]))]
    """
    ### BEGIN SOLUTION
    states, a = [], x
    for layer, (W, b) in enumerate(params, start=1):
        z = layer_forward(a, W, b)
        a = relu(z) if layer < len(params) else z
        states.append((z, a))
    return states
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-forward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("forward(x, params) -> [z, a]", forward, points=4)


def z_and_a(title, x, params, expect):
    """All z as one property, all a as another."""
    states = expect(x, params) if callable(expect) else expect
    for name, values in zip("za", zip(*states)):
        by_layer = {f"{name}{layer}": value for layer, value in enumerate(values, start=1)}
        sheet.values(named(title, name), x, params, expect=by_layer)


z_and_a(
    "the tiny network | 小网络",
    TINY_X,
    TINY,
    expect=[
        (np.array([[3.0, 1.0, 1.0], [1.0, -3.0, 6.0]]), np.array([[3.0, 1.0, 1.0], [1.0, 0.0, 6.0]])),
        (np.array([[6.0, 6.0], [-4.0, 8.0]]), np.array([[6.0, 6.0], [-4.0, 8.0]])),
    ],
)
z_and_a(
    "a single layer is linear | 只有一层时是线性的",
    np.array([[1.0, -2.0]]),
    [(np.array([[1.0], [1.0]]), np.array([0.5]))],
    expect=[(np.array([[-0.5]]), np.array([[-0.5]]))],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def network(*sizes):
    """Random parameters for layers of these sizes."""
    return [(sheet.spaced(n, m), sheet.spaced(m)) for n, m in zip(sizes, sizes[1:])]


def unit_by_unit(x, params):
    """Every neuron of every sample on its own."""
    states, rows = [], x
    for layer, (W, b) in enumerate(params):
        z = np.array([[np.vdot(row, W[:, i]) + b[i] for i in range(len(b))] for row in rows])
        rows = z if layer == len(params) - 1 else (z + np.abs(z)) / 2
        states.append((z, rows))
    return states


z_and_a("three layers | 三层", sheet.spaced(3, 2), network(2, 4, 3, 2), expect=unit_by_unit)
z_and_a("five layers | 五层", sheet.spaced(2, 3), network(3, 2, 4, 2, 3, 5), expect=unit_by_unit)
z_and_a("square layers | 方阵的层", sheet.spaced(3, 3), network(3, 3, 3, 3), expect=unit_by_unit)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 6.** Write `backward`: begin with $\delta^{(L)}$, which the cost gave, walk from the last layer to the first, call `layer_backward` with the right $F'$ and the right $a^{(l-1)}$ at each, hand on what it returns, and put the gradients in the order of `params`. What is
# $a^{(l-1)}$ for the first layer, and $F'$ for the last?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 6.** 写出 `backward`：从代价给出的 $\delta^{(L)}$ 开始，从最后一层走到第一层，每层用正确的 $F'$ 和正确的 $a^{(l-1)}$ 调用 `layer_backward`，把它返回的 $\delta$ 传下去，并把梯度按 `params` 的顺序排好。第一层的 $a^{(l-1)}$ 是什么？最后一层的 $F'$ 是什么？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward(x, params, states, delta):
    """Gradients of all parameters of the network of `forward`.

    x: (M, N_0), params: list of (W, b), states: list of (z, a) as forward(x, params) returns them,
    delta: (M, N_L) = ∂C/∂a of the last layer.
    Returns a list of pairs (dW, db) in the order of params, shaped as W and b.

    >>> params = [(np.array([[2.0]]), np.zeros(1)), (np.array([[3.0]]), np.ones(1))]
    >>> x, z1, z2 = np.array([[5.0]]), np.array([[10.0]]), np.array([[31.0]])
    >>> backward(x, params, [(z1, z1), (z2, z2)], np.array([[1.0]]))
    [(array([[15.]]), array([3.])), (array([[10.]]), array([1.]))]
    """
    ### BEGIN SOLUTION
    gradients = []
    for layer in reversed(range(len(params))):
        z = states[layer][0]
        a_prev = states[layer - 1][1] if layer > 0 else x
        F_prime = relu_prime(z) if layer < len(params) - 1 else np.ones(z.shape)
        delta, dW, db = layer_backward(delta, F_prime, a_prev, params[layer][0])
        gradients.append((dW, db))
    return gradients[::-1]
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-backward", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("backward(x, params, states, delta) -> [dW, db]", backward, points=7)
TINY_STATES = [
    (np.array([[3.0, 1.0, 1.0], [1.0, -3.0, 6.0]]), np.array([[3.0, 1.0, 1.0], [1.0, 0.0, 6.0]])),
    (np.array([[6.0, 6.0], [-4.0, 8.0]]), np.array([[6.0, 6.0], [-4.0, 8.0]])),
]
sheet.values(
    "the tiny network | 小网络",
    TINY_X,
    TINY,
    TINY_STATES,
    np.array([[1.0, -1.0], [-1.0, 2.0]]),
    expect=[
        (np.array([[5.0, 4.0, 4.0], [-5.0, 8.0, -7.0]]), np.array([2.0, 4.0, 1.0])),
        (np.array([[2.0, -1.0], [1.0, -1.0], [-5.0, 11.0]]), np.array([0.0, 1.0])),
    ],
)
sheet.values(
    "z = 0 lets δ pass, as in the notes | z = 0 时 δ 通过，与讲义一致",
    np.array([[1.0, 2.0]]),
    [(np.array([[2.0, 1.0], [-1.0, 1.0]]), np.zeros(2)), (np.array([[1.0], [4.0]]), np.zeros(1))],
    [(np.array([[0.0, 3.0]]), np.array([[0.0, 3.0]])), (np.array([[12.0]]), np.array([[12.0]]))],
    np.array([[2.0]]),
    expect=[
        (np.array([[2.0, 8.0], [4.0, 16.0]]), np.array([2.0, 8.0])),
        (np.array([[0.0], [6.0]]), np.array([2.0])),
    ],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def random_network(*sizes):
    """Random parameters for layers of these sizes."""
    return [(sheet.spaced(n, m), sheet.spaced(m)) for n, m in zip(sizes, sizes[1:])]


def known_states(x, params):
    states = []
    for layer, (W, b) in enumerate(params):
        z = x @ W + b
        x = z if layer == len(params) - 1 else np.maximum(z, 0)
        states.append((z, x))
    return states


def pushed(x, params, moved, dW, db):
    """How the last layer's a moves when one layer's parameters move along dW and db: the chain rule forwards."""
    a, da = x, np.zeros_like(x)
    for layer, (W, b) in enumerate(params):
        z, dz = a @ W + b, da @ W + (a @ dW + db if layer == moved else 0)
        last = layer == len(params) - 1
        a, da = (z, dz) if last else (np.where(z >= 0, z, 0), np.where(z >= 0, dz, 0))
    return da


def by_pushing(x, params, _states, delta):
    """Every parameter is moved by itself, and its effect followed to the end."""
    gradients = []
    for layer, (W, b) in enumerate(params):
        dW = [np.vdot(delta, pushed(x, params, layer, u.reshape(W.shape), 0 * b)) for u in np.eye(W.size)]
        db = [np.vdot(delta, pushed(x, params, layer, 0 * W, u)) for u in np.eye(b.size)]
        gradients.append((np.reshape(dW, W.shape), np.array(db)))
    return gradients


def checked(title, M, *sizes):
    x, params = sheet.spaced(M, sizes[0]), random_network(*sizes)
    delta = sheet.spaced(M, sizes[-1])
    sheet.values(title, x, params, known_states(x, params), delta, expect=by_pushing)


checked("three layers | 三层", 4, 2, 4, 3, 2)
checked("five layers | 五层", 3, 3, 4, 5, 4, 3, 2)
checked("square layers | 方阵的层", 3, 3, 3, 3, 3)
checked("a single layer | 只有一层", 3, 4, 2)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Your judge on your own network: all gradients of a network with 4 layers and $\mathcal C = \frac12 \sum (a - y)^2$, back propagation against `numerical_gradient`. A difference near $10^{-10}$ is as good as it gets. A gradient check in a few lines like these has saved many a
# week; write one whenever you write a layer.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 让裁判检查你自己的网络：一个 4 层网络的全部梯度，$\mathcal C = \frac12 \sum (a - y)^2$，反向传播对 `numerical_gradient`。相差 $10^{-10}$ 左右就是最好的结果。这样几行梯度检验不知替人省下过多少个星期；每写一种层，都写一个。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    rng = np.random.default_rng(5)
    x_check, y_check = rng.normal(size=(6, 4)), rng.normal(size=(6, 2))
    net = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in [(4, 7), (7, 5), (5, 6), (6, 2)]]
    states = forward(x_check, net)
    gradients = backward(x_check, net, states, states[-1][1] - y_check)
    for layer, (W, b) in enumerate(net):

        def cost(W, layer=layer, b=b):
            changed = [*net[:layer], (W, b), *net[layer + 1 :]]
            return 0.5 * np.sum((forward(x_check, changed)[-1][1] - y_check) ** 2)

        slopes = numerical_gradient(cost, W, 1e-5)
        gap = np.abs(gradients[layer][0] - slopes).max() / np.abs(slopes).max()
        print(f"layer {layer + 1}: W has {slopes.size} entries, largest relative difference {gap:.1e}")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# And now it learns. Your `forward` and `backward`, the softmax cross entropy of notebook 1 on top ($\delta^{(L)} = (p - y)/M$ for linear $a^{(L)}$), plain SGD, and the digits: 64 → 32 → 16 → 10.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 现在让它学习：你的 `forward` 和 `backward`，上面接第 1 课的 softmax 交叉熵（$a^{(L)}$ 是线性的，$\delta^{(L)} = (p - y)/M$），普通的 SGD，数据是手写数字：64 → 32 → 16 → 10。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    rng = np.random.default_rng(1)
    (pixels, labels), (new_pixels, new_labels) = digits("train"), digits("test")
    inputs, targets = pixels.reshape(len(pixels), -1), np.eye(10)[labels]
    net = [(rng.normal(size=(n, m)) * np.sqrt(2 / n), np.zeros(m)) for n, m in [(64, 32), (32, 16), (16, 10)]]
    losses = []
    for _ in range(600):
        batch = rng.integers(len(inputs), size=50)
        states = forward(inputs[batch], net)
        p = np.exp(states[-1][1] - states[-1][1].max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(p[np.arange(50), labels[batch]])))
        gradients = backward(inputs[batch], net, states, (p - targets[batch]) / 50)
        net = [(W - 0.2 * dW, b - 0.2 * db) for (W, b), (dW, db) in zip(net, gradients)]
    answers = forward(new_pixels.reshape(len(new_pixels), -1), net)[-1][1].argmax(axis=1)
    print(f"{np.mean(answers == new_labels):.1%} of {len(new_labels)} digits that it has not seen")
    show(
        curves({"loss of the batch": losses}, xlabel="step"),
        alt="the loss falls from 2.3 towards 0 | 损失从 2.3 降向 0",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question 1.** A layer has $N$ inputs and $N$ outputs, the batch $M$ samples. Count multiplications, leave out what is small beside $M N^2$. (a) How many does the forward pass of the layer need, how many the three formulas of the backward pass together? (b) A network has $L$ such layers, so about $L N^2$ weights. Compare the price
# of all gradients by back propagation with that by central differences. (c) One could also carry derivatives *forwards*: for one parameter, $\partial a^{(l)} / \partial\theta$ layer after layer to the end. Why is that the wrong direction here, and for what kind of function would it be the right one? (d) Back propagation needs every
# $z^{(l)}$ and $a^{(l)}$. How could one save memory if computing is cheap?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题 1.** 一层有 $N$ 个输入、$N$ 个输出，一批有 $M$ 个样本。数一数乘法次数，与 $M N^2$ 相比很小的项略去。（a）这一层的前向计算需要多少次？反向的三个公式合起来需要多少次？（b）网络有 $L$ 个这样的层，权重大约 $L N^2$ 个。比较用反向传播和用中心差分求全部梯度的花费。（c）导数也可以*向前*传：对某一个参数，逐层算 $\partial a^{(l)} / \partial\theta$，直到最后。为什么这里不该用这个方向？对哪一类函数它才是对的方向？（d）反向传播需要每一层的 $z^{(l)}$ 和 $a^{(l)}$。如果计算便宜，怎样节省内存？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-cost", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) Forward M N²; backward 2 M N² (one product for δ, one for dW; db and the product with F' are small) (1 point). (b) Back propagation: 3 L M N² with its forward pass, three times a forward pass. Differences: two forward passes for each of L N² weights, 2 L N² · L M N² (1 point). (c) Carried forwards, one
# pass gives the derivatives of *all* outputs by *one* parameter, so there is a pass for each parameter; carried backwards, one pass gives the derivatives of *one* output by all parameters, and there is one cost. Forwards is right for few inputs and many outputs (1 point). (d) Keep only some layers' activations and compute those between them
# again on the way back (checkpointing); for ReLU, a alone is enough except at z = 0, or one bit for each neuron for F' (either is worth the point) (1 point).
#
# （a）前向 M N²；反向 2 M N²（求 δ 一次乘法，求 dW 一次；db 和乘 F' 可略）（1 分）。（b）反向传播连同前向共 3 L M N²，即前向的三倍。差分：L N² 个权重各要两次前向，2 L N² · L M N²（1 分）。（c）向前传，一遍得到*全部*输出对*一个*参数的导数，每个参数都要一遍；
# 向后传，一遍得到*一个*输出对全部参数的导数，而代价只有一个。输入少、输出多的函数才适合向前传（1 分）。（d）只保留若干层的激活值，中间的在反向途中重新计算（checkpointing）；或者 ReLU 层只留 a（z = 0 处除外），或每个神经元只为 F' 留一个比特（任一种得 1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.8 A convolution is a linear layer whose connections share weights
#
# The second special case of the notes. Number the pixels of a picture of $H \times W$ row by row, $j = (\text{row}) \cdot W + (\text{column})$, and those of the result of $P \times Q$ likewise, $i = p\,Q + q$. A valid convolution of one channel,
#
# $$z_{pq} = \sum_{r,s} x_{p+r,\;q+s}\; \omega_{rs}$$
#
# is then a linear layer, $z_i = \sum_j x_j W_{ji}$, with a matrix $\mathbf W$ that has two peculiarities:
#
# * most connections are *missing*: $W_{ji} = 0$ unless pixel $j$ lies in the window of $i$;
# * those that exist **share** their weights: wherever $j$ is entry $(r, s)$ of the window of $i$, $W_{ji} = \omega_{rs}$, one and the same number.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.8 卷积是连线共享权重的线性层
#
# 讲义的第二个特例。把 $H \times W$ 图像的像素逐行编号，$j = (\text{行}) \cdot W + (\text{列})$；$P \times Q$ 的结果也一样，$i = p\,Q + q$。单通道的 valid 卷积
#
# $$z_{pq} = \sum_{r,s} x_{p+r,\;q+s}\; \omega_{rs}$$
#
# 就是一个线性层 $z_i = \sum_j x_j W_{ji}$，它的矩阵 $\mathbf W$ 有两个特别之处：
#
# * 大多数连线*不存在*：除非像素 $j$ 落在 $i$ 的窗口里，否则 $W_{ji} = 0$；
# * 存在的连线**共享**权重：只要 $j$ 是 $i$ 的窗口里的 $(r, s)$ 位置，就有 $W_{ji} = \omega_{rs}$，都是同一个数。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Below, a filter of $2 \times 2$ on a picture of $3 \times 4$; each of the four weights has a colour. On the left the picture, its pixels numbered, with the window of one output neuron; in the middle the graph with the connections of this neuron drawn thick; on the right the matrix $\mathbf W$ with its column framed. Move the slider: the colours wander through the matrix along diagonals, and where a row of the picture ends they jump. Why?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 下面是 $2 \times 2$ 的滤波器作用在 $3 \times 4$ 的图像上；四个权重各有一种颜色。左边是图像，像素编了号，标出了一个输出神经元的窗口；中间是连线图，这个神经元的连线画得粗；右边是矩阵 $\mathbf W$，框出了它的那一列。拖动滑块：颜色沿着对角线在矩阵里移动，到图像一行的末尾就跳一下。为什么？

# %% slideshow={"slide_type": "fragment"}
explore(
    lambda i: shared_connections((2, 2), (3, 4), i),
    {"i": "output neuron i | 输出神经元 i"},
    i=(0, 5, 1, 0),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 7.** Write `connection_matrix`: the dense $\mathbf W$ of a valid one-channel convolution with stride 1.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 7.** 写出 `connection_matrix`：步长为 1 的单通道 valid 卷积的稠密矩阵 $\mathbf W$。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "connection_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def connection_matrix(omega, height, width):
    """The convolution with omega as a linear layer: image.ravel() @ W is the result, row by row.

    omega: (R, S), height and width: of the image; nothing is flipped, stride 1, no padding.
    Returns W: (height * width, P * Q) with P = height - R + 1, Q = width - S + 1. Row j belongs to pixel
    (j // width, j % width), column i to the result's pixel (i // Q, i % Q).

    >>> connection_matrix(np.array([[5.0, 7.0]]), 1, 3)
    array([[5., 0.],
           [7., 5.],
           [0., 7.]])
    """
    ### BEGIN SOLUTION
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height * width, P * Q))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    W[(p + r) * width + (q + s), p * Q + q] = omega[r, s]
    return W
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-connection_matrix", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("connection_matrix(omega, height, width) -> W", connection_matrix, points=5)
sheet.values(
    "a row of four pixels | 一行四个像素",
    np.array([[5.0, 7.0]]),
    1,
    4,
    expect=[[5.0, 0.0, 0.0], [7.0, 5.0, 0.0], [0.0, 7.0, 5.0], [0.0, 0.0, 7.0]],
)
sheet.values(
    "2 × 2 on 2 × 3 pixels | 2 × 2 的滤波器，2 × 3 个像素",
    np.array([[1.0, 2.0], [3.0, 4.0]]),
    2,
    3,
    expect=[[1.0, 0.0], [2.0, 1.0], [0.0, 2.0], [3.0, 0.0], [4.0, 3.0], [0.0, 4.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def pixel_by_pixel(omega, height, width):
    """Row j is what the convolution makes of a picture that is black but for pixel j."""
    pictures = np.eye(height * width).reshape(-1, height, width)
    windows = np.lib.stride_tricks.sliding_window_view(pictures, omega.shape, axis=(1, 2))
    return np.einsum("jpqrs,rs->jpq", windows, omega).reshape(height * width, -1)


sheet.values("more rows than columns | 行比列多", sheet.spaced(2, 3), 6, 4, expect=pixel_by_pixel)
sheet.values("more columns than rows | 列比行多", sheet.spaced(3, 2), 4, 7, expect=pixel_by_pixel)
sheet.values("a square filter and picture | 方的滤波器和图像", sheet.spaced(3, 3), 5, 5, expect=pixel_by_pixel)
sheet.values("a filter of the picture's size | 滤波器与图像一样大", sheet.spaced(3, 4), 3, 4, expect=pixel_by_pixel)
sheet.values("a filter of one pixel | 一个像素的滤波器", np.array([[2.5]]), 2, 3, expect=2.5 * np.eye(6))
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### The gradient of a shared weight
#
# The notes number the independent weights $\omega_{\mu\nu}$ and biases $\beta_\nu$: $\nu$ is the feature map, $\mu$ the place in its filter, our $(r, s)$ and, with several channels, $(r, s, c)$. The cost $\mathcal{C} = \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})$ depends on the few $\Omega^{(l)}, B^{(l)}$ through the many $\mathbf W^{(l)}, \mathbf b^{(l)}$. Chain rule, over all connections:
#
# $$\frac{\partial \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})}{\partial \omega_{\mu\nu}^{(l)}} = \sum_{ji} \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial W_{ji}^{(l)}} \frac{\partial W_{ji}^{(l)}}{\partial \omega_{\mu\nu}^{(l)}} = \sum_{\langle ji \rangle_{\mu\nu}} \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} a_{mj}^{(l-1)}$$
#
# The last step holds because $\partial W_{ji} / \partial \omega_{\mu\nu}$ is 1 where the connection $\langle ji \rangle$ carries this weight, and 0 elsewhere. So: **the gradient of a shared weight is the sum of the gradients of all connections that share it.**

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 共享权重的梯度
#
# 讲义把独立的权重和偏置记作 $\omega_{\mu\nu}$ 和 $\beta_\nu$：$\nu$ 标记特征图，$\mu$ 标记该特征图的滤波器里的位置，也就是我们的 $(r, s)$，有多个通道时是 $(r, s, c)$。代价 $\mathcal{C} = \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})$ 通过许多 $\mathbf W^{(l)}, \mathbf b^{(l)}$ 依赖少数几个 $\Omega^{(l)}, B^{(l)}$。对所有连线用链式法则：
#
# $$\frac{\partial \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})}{\partial \omega_{\mu\nu}^{(l)}} = \sum_{ji} \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial W_{ji}^{(l)}} \frac{\partial W_{ji}^{(l)}}{\partial \omega_{\mu\nu}^{(l)}} = \sum_{\langle ji \rangle_{\mu\nu}} \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}} a_{mj}^{(l-1)}$$
#
# 因为连线 $\langle ji \rangle$ 上的权重是 $\omega_{\mu\nu}$ 时，$\partial W_{ji} / \partial \omega_{\mu\nu}$ 等于 1，否则等于 0。所以：**共享权重的梯度，等于共享它的所有连线的梯度之和。**

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The biases likewise: all neurons of map $\nu$ share one,
#
# $$\frac{\partial \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})}{\partial \beta_{\nu}^{(l)}} = \sum_i \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial b_i^{(l)}} \frac{\partial b_i^{(l)}}{\partial \beta_{\nu}^{(l)}} = \sum_{\langle i \rangle_{\nu}} \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}}$$
#
# where $\sum_{\langle i \rangle_\nu}$ runs over all neurons of map $\nu$. For $\delta^{(l-1)}$ nothing changes at all: it needs $\mathbf W$, wherever its entries come from,
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mj}^{(l)}} W_{ij}^{(l)}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 偏置也一样，特征图 $\nu$ 的所有神经元共用一个：
#
# $$\frac{\partial \mathcal{C}(\Theta', \Omega^{(l)}, B^{(l)})}{\partial \beta_{\nu}^{(l)}} = \sum_i \frac{\partial \mathcal{C}(\Theta', \mathbf{W}^{(l)}, \mathbf{b}^{(l)})}{\partial b_i^{(l)}} \frac{\partial b_i^{(l)}}{\partial \beta_{\nu}^{(l)}} = \sum_{\langle i \rangle_{\nu}} \sum_{m=1}^M \delta_{mi}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mi}^{(l)}}$$
#
# 其中 $\sum_{\langle i \rangle_\nu}$ 对特征图 $\nu$ 上的所有神经元求和。$\delta^{(l-1)}$ 的公式则一点不变：它只需要 $\mathbf W$，不管其中的数从哪里来，
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \left(\frac{\partial F^{(l)}(z)}{\partial z} \right)_{z=z_{mj}^{(l)}} W_{ij}^{(l)}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# > **Slips of the pen in the notes.** They write $z_{mj}$ in the sum for $\omega_{\mu\nu}$; $F'$ belongs to the neuron of layer $l$, $z_{mi}$, as above. Their first sum runs over "$ij$" where the connections are called $ji$. They say that
# > $\sum_{\langle i \rangle_\nu}$ is over map $\mu$; it is map $\nu$. And the same rule stands under ReLU, in other letters: $\partial \mathcal{L}(\Theta) / \partial \omega_{\alpha s}^{(l)} = \sum_{\langle ij \rangle_{\alpha s}} \partial \mathcal{L}(\Theta) / \partial W_{ji}^{(l)}$. It belongs here.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# > **讲义里的几处笔误。** $\omega_{\mu\nu}$ 的求和式里写的是 $z_{mj}$；$F'$ 属于第 $l$ 层的神经元，应当是上面的 $z_{mi}$。第一个求和写的是“$ij$”，而连线记作 $ji$。讲义说 $\sum_{\langle i \rangle_\nu}$ 对第 $\mu$ 个特征图求和，应当是第 $\nu$ 个。同一条规则还换了字母写在 ReLU 一段里：$\partial \mathcal{L}(\Theta) / \partial \omega_{\alpha s}^{(l)} = \sum_{\langle ij \rangle_{\alpha s}} \partial \mathcal{L}(\Theta) / \partial W_{ji}^{(l)}$。它属于这里。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Choose a weight $\mu$. Left, the connections that carry it in $\mathbf W$; in the middle, the gradient $\partial\mathcal C/\partial W_{ji}$ of a *dense* layer for one sample, $x_j\,\partial\mathcal C/\partial z_i$: full of numbers, of which only the framed ones count; right, their sums.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 选一个权重 $\mu$。左边是 $\mathbf W$ 里带着它的连线；中间是一个样本在*稠密*层里的梯度 $\partial\mathcal C/\partial W_{ji} = x_j\,\partial\mathcal C/\partial z_i$，里面填满了数，但只有框起来的才算数；右边是它们的和。

# %% slideshow={"slide_type": "fragment"}
x_row, slopes_row = [1, 0, 2, 1, 3, 1, 0, 2, 1, 2, 1, 3], [1, -1, 2, 1, -2, 1]  # a picture, and ∂C/∂z
explore(
    lambda mu: shared_sum(np.outer(x_row, slopes_row), (2, 2), (3, 4), mu),
    {"mu": "weight μ | 权重 μ"},
    mu=(0, 3, 1, 0),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 8.** Write `shared_gradient`: the sum over the connections $\langle ji \rangle$ of each weight.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 8.** 写出 `shared_gradient`：对每个权重的连线 $\langle ji \rangle$ 求和。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "shared_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shared_gradient(dW, R, S, height, width):
    """Gradient of each shared weight: the sum of dW over the connections that carry it.

    dW: (height * width, P * Q), the gradient of the dense layer, rows and columns as in connection_matrix;
    where there is no connection its entries need not be 0. R, S: height and width of the filter.
    Returns domega: (R, S).

    >>> shared_gradient(np.array([[1.0, 100.0], [10.0, 2.0], [100.0, 20.0]]), 1, 2, 1, 3)
    array([[ 3., 30.]])
    """
    ### BEGIN SOLUTION
    P, Q = height - R + 1, width - S + 1
    domega = np.zeros((R, S))
    for p in range(P):
        for q in range(Q):
            window = dW[:, p * Q + q].reshape(height, width)[p : p + R, q : q + S]
            domega += window
    return domega
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-shared_gradient", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("shared_gradient(dW, R, S, height, width) -> domega", shared_gradient, points=4)
sheet.values(
    "a row of four pixels; the 100s are no connections | 一行四个像素；100 处没有连线",
    np.array([[1.0, 100.0, 100.0], [10.0, 2.0, 100.0], [100.0, 20.0, 3.0], [100.0, 100.0, 30.0]]),
    1,
    2,
    1,
    4,
    expect=[[6.0, 60.0]],
)
sheet.values(
    "2 × 2 on 2 × 3 pixels | 2 × 2 的滤波器，2 × 3 个像素",
    np.array([[1.0, 9.0], [2.0, 0.5], [9.0, 0.25], [3.0, 9.0], [4.0, 0.5], [9.0, 0.25]]),
    2,
    2,
    2,
    3,
    expect=[[1.5, 2.25], [3.5, 4.25]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def along_connections(dW, R, S, height, width):
    """How Σ dW W moves when one weight of the filter moves, W made from unit pictures."""
    pictures = np.eye(height * width).reshape(-1, height, width)
    windows = np.lib.stride_tricks.sliding_window_view(pictures, (R, S), axis=(1, 2))
    return np.einsum("jpqrs,jpq->rs", windows, dW.reshape(windows.shape[:3]))


def of_dense(R, S, height, width):
    return sheet.spaced(height * width, (height - R + 1) * (width - S + 1)), R, S, height, width


sheet.values("more rows than columns | 行比列多", *of_dense(2, 3, 6, 4), expect=along_connections)
sheet.values("more columns than rows | 列比行多", *of_dense(3, 2, 4, 7), expect=along_connections)
sheet.values("a square filter and picture | 方的滤波器和图像", *of_dense(3, 3, 5, 5), expect=along_connections)
sheet.values("a filter of the picture's size | 滤波器与图像一样大", *of_dense(3, 4, 3, 4), expect=along_connections)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# $F'$ at $z_{mi}$, or at $z_{mj}$ as the notes have it? Ask your judge. Two digits go through a convolution with ReLU, the cost is $\frac12 \sum a^2$, so $\delta = a$. The gradient of the nine weights by the formula above, and by differences:

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# $F'$ 取在 $z_{mi}$ 处，还是像讲义写的那样取在 $z_{mj}$ 处？问问你的裁判。两个数字经过带 ReLU 的卷积，代价是 $\frac12 \sum a^2$，所以 $\delta = a$。九个权重的梯度，一次用上面的公式，一次用差分：

# %% slideshow={"slide_type": "fragment"}
with when_done():
    pair = digits("test")[0][:2].reshape(2, 64)
    omega = np.array([[1.0, 0.0, -1.0], [2.0, 0.5, -2.0], [1.0, 0.0, -1.0]])
    z = layer_forward(pair, connection_matrix(omega, 8, 8), np.full(36, 0.3))  # no z at the kink
    _, dW, _ = layer_backward(relu(z), relu_prime(z), pair, connection_matrix(omega, 8, 8))
    by_formula = shared_gradient(dW, 3, 3, 8, 8)
    by_differences = numerical_gradient(
        lambda w: 0.5 * np.sum(relu(pair @ connection_matrix(w, 8, 8) + 0.3) ** 2), omega, 1e-5
    )
    print(f"z_mi: largest difference {np.abs(by_formula - by_differences).max():.1e}")
    print(f"z_mj: the pixels j run from 0 to {pair.shape[1] - 1}, but the layer has only {z.shape[1]} neurons")

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Backwards through a real convolution
#
# Nobody builds $\mathbf W$: for ten maps on a picture of 28 × 28 it has four and a half million entries, nearly all 0 or the same 250 numbers. Instead one adds up along the windows. With channels, maps and strides $(s_h, s_w)$, and with $\delta$ now for $\partial\mathcal C / \partial z$ (that is, $F'$ multiplied in already), of shape $(M, P, Q, K)$:
#
# $$\frac{\partial\mathcal C}{\partial w_{rsck}} = \sum_{m} \sum_{p,q} \delta_{mpqk}\; x_{m,\;p\,s_h + r,\;q\,s_w + s,\;c}, \qquad
# \frac{\partial\mathcal C}{\partial b_k} = \sum_m \sum_{p,q} \delta_{mpqk}$$
#
# and for $\partial\mathcal C/\partial x$ each window gets back its filter, weighted with its $\delta$; where windows overlap, the contributions **add up**:
#
# $$\frac{\partial\mathcal C}{\partial x_{m,\;p\,s_h + r,\;q\,s_w + s,\;c}} \mathrel{+}= \sum_k \delta_{mpqk}\; w_{rsck} \qquad \text{for all } p, q, r, s$$
#
# (You know this one: it is the transposed convolution of notebook 3.) If the stride does not divide, the pixels in the last rows and columns, which no window met, have the gradient 0. They still are part of $x$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 真正的卷积怎样反向
#
# 没有人真的去造 $\mathbf W$：28 × 28 的图像、十个特征图，它就有四百五十万个元素，几乎全是 0 和重复的 250 个数。实际的做法是沿着窗口求和。有通道、有特征图、步长为 $(s_h, s_w)$ 时，用 $\delta$ 表示 $\partial\mathcal C / \partial z$（即 $F'$ 已经乘进去了），形状 $(M, P, Q, K)$：
#
# $$\frac{\partial\mathcal C}{\partial w_{rsck}} = \sum_{m} \sum_{p,q} \delta_{mpqk}\; x_{m,\;p\,s_h + r,\;q\,s_w + s,\;c}, \qquad
# \frac{\partial\mathcal C}{\partial b_k} = \sum_m \sum_{p,q} \delta_{mpqk}$$
#
# 而对 $\partial\mathcal C/\partial x$，每个窗口拿回自己的滤波器，以它的 $\delta$ 加权；窗口重叠之处，各份**相加**：
#
# $$\frac{\partial\mathcal C}{\partial x_{m,\;p\,s_h + r,\;q\,s_w + s,\;c}} \mathrel{+}= \sum_k \delta_{mpqk}\; w_{rsck} \qquad \text{对所有 } p, q, r, s$$
#
# （这一个你认识：它就是第 3 课的转置卷积。）步长除不尽时，最后几行几列的像素没有遇到任何窗口，梯度是 0，但它们仍然是 $x$ 的一部分。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 9.** Write `conv_backward`. A loop over $r$ and $s$ is enough, as in notebook 3: the pixels $x_{m,\,p s_h + r,\,q s_w + s,\,:}$ of all positions are a slice with steps.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 9.** 写出 `conv_backward`。和第 3 课一样，对 $r$ 和 $s$ 循环就够了：所有位置的像素 $x_{m,\,p s_h + r,\,q s_w + s,\,:}$ 是一个带步长的切片。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "conv_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_backward(delta, x, w, stride):
    """Gradients of a valid convolution z = conv(x, w) + b, from delta = ∂C/∂z.

    delta: (M, P, Q, K), x: (M, H, W, C), w: (R, S, C, K), stride: pair (vertical, horizontal);
    P = floor((H - R) / stride[0]) + 1, Q likewise. Returns (dx, dw, db), shaped as x, w and (K,).

    >>> x, w = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1), np.array([10.0, 20.0]).reshape(1, 2, 1, 1)
    >>> dx, dw, db = conv_backward(np.array([1.0, 2.0]).reshape(1, 1, 2, 1), x, w, (1, 1))
    >>> dx.ravel(), dw.ravel(), db
    (array([10., 40., 40.]), array([5., 8.]), array([3.]))
    """
    ### BEGIN SOLUTION
    (M, P, Q, K), (R, S, C, K), (v, h) = delta.shape, w.shape, stride
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for r in range(R):
        for s in range(S):
            rows, columns = slice(r, r + (P - 1) * v + 1, v), slice(s, s + (Q - 1) * h + 1, h)
            dw[r, s] = np.einsum("mpqc,mpqk->ck", x[:, rows, columns], delta)
            dx[:, rows, columns] += delta @ w[r, s].T
    return dx, dw, delta.sum(axis=(0, 1, 2))
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-conv_backward", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
def cost_of(delta, x, w, stride):  # Σ delta · z: its derivative by z is delta
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], axis=(1, 2))
    z = np.einsum("mpqcrs,rsck->mpqk", windows[:, :: stride[0], :: stride[1]], w)
    return np.sum(delta * z)


sheet = Sheet("conv_backward(delta, x, w, stride) -> dx, dw, db", conv_backward, points=9)
each(
    sheet,
    "a row of four pixels by hand | 手算一行四个像素",
    np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1),
    np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 4, 1),
    np.array([10.0, 1.0]).reshape(1, 2, 1, 1),
    (1, 1),
    expect={
        "dx": np.array([10.0, 21.0, 32.0, 3.0]).reshape(1, 1, 4, 1),
        "dw": np.array([14.0, 20.0]).reshape(1, 2, 1, 1),
        "db": [6.0],
    },
)
each(
    sheet,
    "stride 2, the last pixel is left over | 步长 2，最后一个像素剩下",
    np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1),
    np.arange(1.0, 8.0).reshape(1, 1, 7, 1),
    np.array([10.0, 1.0]).reshape(1, 2, 1, 1),
    (1, 2),
    expect={
        "dx": np.array([10.0, 1.0, 20.0, 2.0, 30.0, 3.0, 0.0]).reshape(1, 1, 7, 1),
        "dw": np.array([22.0, 28.0]).reshape(1, 2, 1, 1),
        "db": [6.0],
    },
)
sheet.gradient(
    "two images, three channels, two maps | 两张图，三个通道，两个特征图",
    sheet.spaced(2, 3, 2, 2),
    sheet.spaced(2, 4, 4, 3),
    sheet.spaced(2, 3, 3, 2),
    (1, 1),
    of=cost_of,
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def window_by_window(delta, x, w, stride):
    """Each number of delta on its own: where its window was, and what it met there."""
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[3])
    for (m, p, q, k), d in np.ndenumerate(delta):
        window = (m, slice(p * stride[0], p * stride[0] + len(w)), slice(q * stride[1], q * stride[1] + w.shape[1]))
        dx[window] += d * w[..., k]
        dw[..., k] += d * x[window]
        db[k] += d
    return {"dx": dx, "dw": dw, "db": db}


FROZEN = {
    "dx": np.array(
        """
        -0.2351200344 0.8325162581 -1.369156473 0.2855039257 1.291620602 -2.430938432 0.2097827512 1.27132788
        0.8335673472 -0.2422622874 -0.1100826547 1.318893081 -2.248076494 0.04905582123 1.447727922 -0.9888728086
        0.0769179462 -0.2955950445 -0.1352482693 0.3153175754 0.347189286 -0.140580127 -0.3112570474 0.09701762052
        0.5334145754 -0.3708491216 0.599184128 1.082632138 -2.479839656 0.4586540511 1.274000424 -0.9944726759
        -0.2395897436 -0.3585057521 1.36207618 -1.299665502 -0.2629859692 2.423774952 -0.6905488363 -0.7911918302
        0 0 0 0 0 0 0 0 0.3971316143 0.06317450648 -1.581329297 1.605300805 0.599184128 -2.479839656 0.4043702528
        0.8037603547 0.1907703043 -0.4698943274 1.260720246 0.7601293409 -2.514060213 0.8317161622 0.998786782
        -0.92085342 0.2256161 -0.271541529 -0.2857923869 0.2716062966 0.298425679 0.03291680229 -0.2383032977
        -0.07288177304 -0.1670706198 -0.5315080204 1.821828113 0.3770750758 -2.348012174 1.138524241 0.644010358
        -0.7738795086 -0.629644324 0.4997751735 0.970099903 -2.207833663 0.5172535863 1.873582763 -0.6441210339
        -0.2377111848 0 0 0 0 0 0 0 0
        """.split(),  # noqa: SIM905
        float,
    ).reshape(2, 6, 4, 2),
    "dw": np.array(
        """
        0.9506604269 0.009569119898 1.017348002 0.9509655797 0.1486905154 1.018048671 -0.856672345 0.1491425093
        0.4539080747 1.110625169 -0.6194816282 0.4544936349 -1.123322779 -0.6194972515 -0.5943861473 -1.123925222
        -1.082747707 -0.3327611193 -0.8370788059 -1.083223258 0.1781964893 -0.8377749291 1.029638754 0.1779198062
        """.split(),  # noqa: SIM905
        float,
    ).reshape(3, 2, 2, 2),
    "db": np.array(
        """
        0.6376543847 0.3421514247
        """.split(),  # noqa: SIM905
        float,
    ).reshape(
        2,
    ),
}
each(
    sheet,
    "values that PyTorch 2.13 computed | PyTorch 2.13 算出的值",
    np.sin(np.arange(24.0)).reshape(2, 2, 3, 2),
    np.cos(np.arange(96.0)).reshape(2, 6, 4, 2),
    np.sin(np.arange(24.0) + 5).reshape(3, 2, 2, 2),
    (2, 1),
    expect=FROZEN,
)
each(
    sheet,
    "strides that differ, leftover rows and columns | 步长不同，行列都有剩余",
    sheet.spaced(3, 2, 2, 4),
    sheet.spaced(3, 6, 9, 2),
    sheet.spaced(3, 4, 2, 4),
    (2, 3),
    expect=window_by_window,
)
each(
    sheet,
    "as many channels as maps | 通道与特征图一样多",
    sheet.spaced(2, 3, 4, 3),
    sheet.spaced(2, 5, 5, 3),
    sheet.spaced(3, 2, 3, 3),
    (1, 1),
    expect=window_by_window,
)
each(
    sheet,
    "a stride larger than the filter | 步长大于滤波器",
    sheet.spaced(2, 2, 3, 2),
    sheet.spaced(2, 6, 8, 3),
    sheet.spaced(2, 1, 3, 2),
    (3, 3),
    expect=window_by_window,
)
sheet.gradient(
    "a square filter, strides that differ | 方的滤波器，步长不同",
    sheet.spaced(2, 2, 4, 3),
    sheet.spaced(2, 6, 9, 2),
    sheet.spaced(3, 3, 2, 3),
    (3, 2),
    of=cost_of,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Two ways to one gradient. Way 1, the notes': build $\mathbf W$ with your `connection_matrix`, go back through it as through any linear layer with your `layer_backward`, then add up along the connections. Way 2: your `conv_backward`. On a real digit:

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 两条路通向同一个梯度。第一条是讲义的：用你的 `connection_matrix` 造出 $\mathbf W$，像任何线性层那样用你的 `layer_backward` 反向，再沿连线求和。第二条：你的 `conv_backward`。用一个真实的数字来试：

# %% slideshow={"slide_type": "fragment"}
with when_done():
    picture = digits("test")[0][:1]  # (1, 8, 8)
    omega = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    slopes = np.random.default_rng(0).normal(size=(1, 36))  # ∂C/∂z of the 6 × 6 neurons
    W = connection_matrix(omega, 8, 8)
    back, dW, db = layer_backward(slopes, np.ones((1, 36)), picture.reshape(1, 64), W)
    dx, dw, dbeta = conv_backward(slopes.reshape(1, 6, 6, 1), picture[..., None], omega[:, :, None, None], (1, 1))
    print(f"dω: largest difference {np.abs(shared_gradient(dW, 3, 3, 8, 8) - dw[:, :, 0, 0]).max():.1e}")
    print(f"dx: largest difference {np.abs(back.reshape(8, 8) - dx[0, :, :, 0]).max():.1e}")
    print(f"dβ: difference {abs(db.sum() - dbeta[0]):.1e}; {db.size} neurons share one bias")
    print(
        f"W has {W.size} entries, {np.count_nonzero(W)} of them not 0, and {np.unique(W[W != 0]).size} different ones"
    )
    show(
        side_by_side(
            {"x": picture[0], "∂C/∂z": slopes.reshape(6, 6), "∂C/∂x": dx[0, :, :, 0], "∂C/∂ω": dw[:, :, 0, 0]}
        ),
        alt="a digit, the slopes at the neurons, at the pixels, and at the nine weights | 一个数字，以及各神经元、各像素、九个权重处的梯度",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 4.9 Why 260?
#
# The notes count: a layer with 10 feature maps of 25 independent weights each has
#
# $$10 \times 25 + 10 = 260$$
#
# independent parameters, 25 weights and one bias for each map. With $C$ input channels each map has $R \cdot S \cdot C$ weights: a filter reaches through all of them. The size of the picture does not appear. It decides how many *connections* there are, and so how many terms each gradient adds up, not how many parameters.
#
# **Exercise 10.** Write `parameter_count`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 4.9 为什么是 260？
#
# 讲义数过：一层有 10 个特征图，每个有 25 个独立的权重，独立的参数共有
#
# $$10 \times 25 + 10 = 260$$
#
# 个，即每个特征图 25 个权重加一个偏置。有 $C$ 个输入通道时，每个特征图有 $R \cdot S \cdot C$ 个权重：滤波器贯穿所有通道。图像的大小没有出现。它决定有多少条*连线*，因而决定每个梯度由多少项相加，却不决定有多少个参数。
#
# **练习 10.** 写出 `parameter_count`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "parameter_count", "locked": false, "schema_version": 3, "solution": true, "task": false}
def parameter_count(R, S, C, K):
    """Independent weights and biases of a convolution layer.

    R, S: height and width of the filters, C: input channels, K: feature maps; integers. Returns an integer.

    >>> parameter_count(5, 5, 1, 10)
    260
    """
    ### BEGIN SOLUTION
    return (R * S * C + 1) * K
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-parameter_count", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("parameter_count(R, S, C, K) -> count", parameter_count, points=2)
sheet.values("the notes' 10 maps of 25 weights | 讲义的 10 个特征图，各 25 个权重", 5, 5, 1, 10, expect=260)
sheet.values("the same on a colour picture | 同样的层，用在彩色图像上", 5, 5, 3, 10, expect=760)
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("the first layer of AlexNet | AlexNet 的第一层", 11, 11, 3, 96, expect=34944)
sheet.values("wide filters | 扁的滤波器", 1, 7, 2, 4, expect=60)
sheet.values("one weight, four maps | 一个权重，四个特征图", 1, 1, 1, 4, expect=8)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question 2.** A picture of 28 × 28 pixels, one channel, goes into a layer of 10 maps of 24 × 24 neurons; each neuron sees 5 × 5 pixels. (a) How many parameters has it if weights are shared? If it has the same connections, but each with a weight of its own? If every neuron is connected with every pixel? (b) In the shared case, how many terms
# does the gradient of one weight add up for a batch of 32? And of one bias? (c) Somebody trains the layer with own weights for each connection, but starts all copies with the same numbers, and replaces each weight's gradient by the *mean* over the copies. Is that the same as weight sharing with SGD? (d) For which pictures would you *not* share weights?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题 2.** 28 × 28 像素、单通道的图像输入一层，这一层有 10 个特征图，每个 24 × 24 个神经元；每个神经元看 5 × 5 个像素。（a）共享权重时有多少个参数？连线不变，但每条连线有自己的权重时呢？每个神经元与每个像素都相连时呢？（b）共享时，一批 32 个样本，一个权重的梯度由多少项相加？一个偏置呢？（c）有人让每条连线有自己的权重来训练，但所有副本从相同的数开始，并把每个权重的梯度换成各副本梯度的*平均*。这与用 SGD 训练共享权重是一回事吗？（d）对什么样的图像你*不会*共享权重？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-sharing", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) Shared 260. Own weights: 5760 neurons with 25 weights and a bias each, 149,760. Fully connected: 784 · 5760 + 5760 = 4,521,600 (2 points; 1 if one of the three is wrong). (b) 24 · 24 · 32 = 18,432 for a weight, and as many for a bias (1 point). (c) The copies stay equal, as they start equal and move equally; but the mean is the sum divided by 576, so it is
# sharing with a learning rate 576 times smaller. With the sum it would be the same (1 point). (d) Where the same thing means something else at another place: faces or digits that always lie in the same position, spectrograms along the frequency axis, boards with special edges (1 point for any sound example with its reason).
#
# （a）共享：260。各有权重：5760 个神经元，每个 25 个权重和一个偏置，149,760。全连接：784 · 5760 + 5760 = 4,521,600（2 分；错一个得 1 分）。（b）一个权重 24 · 24 · 32 = 18,432 项，一个偏置也是这么多（1 分）。（c）各副本起点相同、移动相同，所以始终相等；但平均是总和除以 576，
# 相当于学习率小 576 倍的权重共享。若用总和就完全一样（1 分）。（d）同样的东西在不同位置含义不同时：总是对齐的人脸或数字，声谱图的频率方向，边缘有特殊意义的棋盘（举出任一合理的例子并说明理由，1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Challenge: any graph at all
#
# Not graded, and beyond the notes. Layers are only a special case. Write *any* computation as a list of elementary steps, each of which names the earlier steps that it uses; then one walk back over the list gives the derivative of the last value by every other. This is *reverse-mode automatic differentiation*,
# and TensorFlow and PyTorch are, at heart, this function with many more operations. The list is called a *tape*:
#
# `("input", 2.0)` · `("add", i, j)` · `("mul", i, j)` · `("sin", i)` · `("relu", i)`, where `i` and `j` are positions of earlier entries.
#
# Write `differentiate`. The same value may be used by several later steps: remember what section 4.4 said about blame. What changes in your function if somebody adds `("exp", i)`?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 挑战：任意的计算图
#
# 不计分，超出讲义。分层只是特例。把*任何*计算写成一串基本步骤，每一步写明用到了前面的哪几步；沿着这串步骤往回走一遍，就得到最后的值对其余每个值的导数。这叫*反向模式自动微分*；TensorFlow 和 PyTorch 的内核就是这个函数，只是运算多得多。这一串步骤叫做*磁带*（tape）：
#
# `("input", 2.0)` · `("add", i, j)` · `("mul", i, j)` · `("sin", i)` · `("relu", i)`，其中 `i`、`j` 是前面某一步的位置。
#
# 写出 `differentiate`。同一个值可能被后面好几步用到：想想 4.4 节关于责任的话。如果有人加上 `("exp", i)`，你的函数要改哪里？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "differentiate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def differentiate(tape):
    """Value of every step of a tape, and the derivative of the last value by each of them.

    tape: list of steps as above. Returns (values, slopes), two lists of the tape's length.

    >>> differentiate([("input", 3.0), ("mul", 0, 0)])
    ([3.0, 9.0], [6.0, 1.0])
    """
    ### BEGIN SOLUTION
    rules = {  # what the step computes, and its derivatives by what it uses
        "add": (lambda u, v: u + v, lambda _u, _v: (1.0, 1.0)),
        "mul": (lambda u, v: u * v, lambda u, v: (v, u)),
        "sin": (lambda u: float(np.sin(u)), lambda u: (float(np.cos(u)),)),
        "relu": (lambda u: max(u, 0.0), lambda u: (1.0 if u >= 0 else 0.0,)),
    }
    values = []
    for name, *used in tape:
        values.append(used[0] if name == "input" else rules[name][0](*(values[i] for i in used)))
    slopes = [0.0] * (len(tape) - 1) + [1.0]
    for position in reversed(range(len(tape))):
        name, *used = tape[position]
        if name != "input":
            for i, slope in zip(used, rules[name][1](*(values[i] for i in used))):
                slopes[i] += slopes[position] * slope
    return values, slopes
    ### END SOLUTION


# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# To try it on: $f(x_1, x_2) = x_1 x_2 + \sin x_1$, where $x_1$ is used twice, against your `numerical_gradient`. By hand: $\partial f / \partial x_1 = x_2 + \cos x_1$, $\partial f / \partial x_2 = x_1$.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 拿来试的函数：$f(x_1, x_2) = x_1 x_2 + \sin x_1$，其中 $x_1$ 用到两次；与你的 `numerical_gradient` 对照。手算：$\partial f / \partial x_1 = x_2 + \cos x_1$，$\partial f / \partial x_2 = x_1$。

# %% slideshow={"slide_type": "fragment"}
with when_done():

    def tape_of(x):
        return [("input", float(x[0])), ("input", float(x[1])), ("mul", 0, 1), ("sin", 0), ("add", 2, 3)]

    point = np.array([0.5, 4.2])
    values, slopes = differentiate(tape_of(point))
    print("f =", round(values[-1], 6), " backwards", np.round(slopes[:2], 6))
    print("by differences", numerical_gradient(lambda x: differentiate(tape_of(x))[0][-1], point, 1e-5).round(6))

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Further reading
#
# * D. Rumelhart, G. Hinton, R. Williams, *Learning representations by back-propagating errors*, Nature 323, 1986, 533–536. Four pages; equations (4) to (7) are section 4.6 here.
# * Y. LeCun et al., *Backpropagation applied to handwritten zip code recognition*, Neural Computation 1, 1989, 541–551. Section 3: shared weights, and a count of connections against parameters.
# * A. Baydin, B. Pearlmutter, A. Radul, J. Siskind, *Automatic differentiation in machine learning: a survey*, JMLR 18, 2018, arXiv:1502.05767. Section 3: forward and reverse mode, with the challenge's kind of tape.
# * A. Griewank, A. Walther, *Evaluating derivatives*, 2nd edition, SIAM 2008. Chapters 3 and 4: why all gradients together cost only a few times as much as the function; chapter 12: checkpointing.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep learning*, MIT Press 2016, section 6.5.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 延伸阅读
#
# * D. Rumelhart, G. Hinton, R. Williams, *Learning representations by back-propagating errors*, Nature 323, 1986, 533–536。只有四页；式 (4) 到 (7) 就是这里的 4.6 节。
# * Y. LeCun 等，*Backpropagation applied to handwritten zip code recognition*, Neural Computation 1, 1989, 541–551。第 3 节：共享权重，以及连线数与参数个数的对比。
# * A. Baydin, B. Pearlmutter, A. Radul, J. Siskind, *Automatic differentiation in machine learning: a survey*, JMLR 18, 2018, arXiv:1502.05767。第 3 节：前向模式与反向模式，所用的正是挑战题那种磁带。
# * A. Griewank, A. Walther, *Evaluating derivatives*, 第 2 版，SIAM 2008。第 3、4 章：为什么全部梯度合起来只比函数本身贵几倍；第 12 章：checkpointing。
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep learning*, MIT Press 2016，6.5 节。
