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
# # 7. LeNet: everything together
#
# In 1998 Yann LeCun and his colleagues let a network read the digits on bank cheques. It had all that this course has been about: convolutions with shared weights, pools, dense layers, a loss, its gradient by back propagation, and
# stochastic gradient descent. In this notebook you put yours together and let it read.
#
# By the end of this notebook you can
#
# * put layers together into a network, forwards and backwards, and say of every array between them what shape it has and why;
# * choose the size of the first random weights so that the signal neither dies nor explodes on its way;
# * check the gradient of a whole network, and tell a wrong gradient from a kink;
# * train it to read handwritten digits and say how sure you are of the accuracy;
# * look into it: what do its filters and maps answer, and what does it read where there is nothing?
# * run the same network on compiled kernels, and on MNIST or CIFAR-10 if you have the files.
#
# You need NumPy and the ideas of notebooks 1 to 5; the layers themselves are given again below. Plan 90 to 120 minutes.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 7. LeNet：合在一起
#
# 1998 年，Yann LeCun 和同事们让一个网络去读银行支票上的数字。这门课讲过的东西，它样样都有：共享权重的卷积、池化、全连接层、损失、用反向传播求的梯度，以及随机梯度下降。在这一课里，你把自己写的这些合在一起，让它来读数字。
#
# 学完这一课，你能够
#
# * 把各层前前后后接成一个网络，并说出层与层之间每个数组的形状和道理；
# * 选好初始随机权重的大小，使信号一路上既不消失也不爆炸；
# * 检验整个网络的梯度，并分清梯度错误和折点；
# * 训练它读手写数字，并说出对准确率有多大把握；
# * 打开它看看：滤波器和特征图对什么有反应？在什么都没有的地方它又读出了什么？
# * 把同一个网络放到编译好的核函数上运行；如果手上有 MNIST 或 CIFAR-10 的文件，也可以用它们。
#
# 需要 NumPy，以及第 1 到第 5 课的思想；各层的代码下面会再给出一遍。大约 90 到 120 分钟。
#

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule.check import Sheet, when_done
from chainrule.data import digits, hopper, read_cifar10, read_idx


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "small", "locked": true, "schema_version": 3, "solution": false, "task": false}
def some_params(sheet, filters, maps, units, channels=1, pixels=1):
    """Parameters of a small network for the tests, without ties or zeros.

    `pixels` are left of the image behind the second pool.
    """
    (K1, K2), (H, K) = maps, units
    shapes = [(*filters[0], channels, K1), (*filters[1], K1, K2), (pixels * K2, H), (H, K)]
    params = {}
    for i, shape in enumerate(shapes, start=1):
        params[f"W{i}"] = sheet.spaced(*shape) / np.prod(shape[:-1]) ** 0.5
        params[f"b{i}"] = sheet.spaced(shape[-1]) / 4
    return params


# %% slideshow={"slide_type": "skip"}
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from chainrule.nets import evaluate, fit, lenet5
from chainrule.optim import Optimizer
from chainrule.viz import (
    Live,
    confusion,
    curves,
    explore,
    inside,
    pictures,
    show,
    side_by_side,
    strongest_patches,
    what_maps_like,
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.1 The network
#
# LeNet-5 read images of 32 × 32 pixels. Our digits have 8 × 8, so here is its little sister. Two convolutions, each with ReLU and a pool, find ever larger features at ever fewer places; two dense layers draw the conclusion.
#
# | layer | formula | shape of the result | parameters |
# |---|---|---|---|
# | image | $x$ | $(M, 8, 8, 1)$ | |
# | convolution 3 × 3, 8 maps | $z_1 = x \star W_1 + b_1,\; a_1 = F(z_1)$ | $(M, 8, 8, 8)$ | $9 \cdot 1 \cdot 8 + 8 = 80$ |
# | max pool 2 × 2 | $p_1$ | $(M, 4, 4, 8)$ | none |
# | convolution 3 × 3, 16 maps | $z_2 = p_1 \star W_2 + b_2,\; a_2 = F(z_2)$ | $(M, 4, 4, 16)$ | $9 \cdot 8 \cdot 16 + 16 = 1168$ |
# | max pool 2 × 2 | $p_2$ | $(M, 2, 2, 16)$ | none |
# | dense, 32 units | $z_3 = p_2 W_3 + b_3,\; a_3 = F(z_3)$ | $(M, 32)$ | $64 \cdot 32 + 32 = 2080$ |
# | dense, 10 classes | $z = a_3 W_4 + b_4$ | $(M, 10)$ | $32 \cdot 10 + 10 = 330$ |
#
# $F$ is ReLU, $\star$ the correlation of notebook 3 with stride 1. Around each image stand so many zeros that a map is as large as its input: $R // 2$ rows above and below, $S // 2$ columns left and right, for filters of odd height $R$ and width $S$ ("SAME").
# For the dense layer, $p_2$ is laid out flat, $(M, 2, 2, 16) \to (M, 64)$, in the order in which it lies in memory: the map changes fastest.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.1 这个网络
#
# LeNet-5 读的是 32 × 32 像素的图像。我们的数字只有 8 × 8，所以这里用它的小妹妹。两个卷积层各带 ReLU 和池化，在越来越少的位置上找出越来越大的特征；两个全连接层由此得出结论。
#
# | 层 | 公式 | 结果的形状 | 参数个数 |
# |---|---|---|---|
# | 图像 | $x$ | $(M, 8, 8, 1)$ | |
# | 卷积 3 × 3，8 个特征图 | $z_1 = x \star W_1 + b_1,\; a_1 = F(z_1)$ | $(M, 8, 8, 8)$ | $9 \cdot 1 \cdot 8 + 8 = 80$ |
# | 最大池化 2 × 2 | $p_1$ | $(M, 4, 4, 8)$ | 无 |
# | 卷积 3 × 3，16 个特征图 | $z_2 = p_1 \star W_2 + b_2,\; a_2 = F(z_2)$ | $(M, 4, 4, 16)$ | $9 \cdot 8 \cdot 16 + 16 = 1168$ |
# | 最大池化 2 × 2 | $p_2$ | $(M, 2, 2, 16)$ | 无 |
# | 全连接，32 个单元 | $z_3 = p_2 W_3 + b_3,\; a_3 = F(z_3)$ | $(M, 32)$ | $64 \cdot 32 + 32 = 2080$ |
# | 全连接，10 类 | $z = a_3 W_4 + b_4$ | $(M, 10)$ | $32 \cdot 10 + 10 = 330$ |
#
# $F$ 是 ReLU，$\star$ 是第 3 课的互相关，步长为 1。每张图四周补零，补到特征图与输入一样大：滤波器的高 $R$、宽 $S$ 都是奇数，上下各补 $R // 2$ 行，左右各补 $S // 2$ 列（“SAME”）。进入全连接层之前，$p_2$ 要摊平，$(M, 2, 2, 16) \to (M, 64)$，顺序就是它在内存中的顺序：特征图的下标变化最快。
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The layers are those of notebooks 3 to 5, with the same names and arguments. Here they stand once more, in slow but clear NumPy, so that this notebook needs no other. **If you have written your own, add a cell below this one and paste them there:** they take the place of these, and it is your own network that learns to read.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 各层就是第 3 到第 5 课的那些，名字和参数都一样。这里再写一遍，用慢但清楚的 NumPy，这样本课就不依赖其他各课。**如果你写过自己的，就在下面加一个单元格，把它们贴进去**：它们会取代这里的版本，学会读数字的就是你自己的网络。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "layers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def zero_pad(x, pad_h, pad_w):
    """Notebook 3. x: (M, H, W, C). Zeros around each image, pad_h rows above and below, pad_w columns beside."""
    return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_w, pad_w), (0, 0)))


def conv2d(x, w, b, stride, pad):
    """Notebook 3. x: (M, H, W, C), w: (R, S, C, K), b: (K,). Returns z: (M, P, Q, K)."""
    x, (v, h), (R, S, C, K) = zero_pad(x, *pad), stride, w.shape
    P, Q = (x.shape[1] - R) // v + 1, (x.shape[2] - S) // h + 1
    z = np.zeros((len(x), P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += x[:, r::v, s::h][:, :P, :Q] @ w[r, s]
    return z


def conv_backward(delta, x, w, stride):
    """Notebook 4, no padding. delta = ∂C/∂z: (M, P, Q, K), x: (M, H, W, C). Returns (dx, dw, db)."""
    (v, h), (R, S, C, K), (M, P, Q, _) = stride, w.shape, delta.shape
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for r in range(R):
        for s in range(S):
            seen = (slice(None), slice(r, r + (P - 1) * v + 1, v), slice(s, s + (Q - 1) * h + 1, h))
            dx[seen] += delta @ w[r, s].T
            dw[r, s] = np.tensordot(x[seen], delta, axes=([0, 1, 2], [0, 1, 2]))
    return dx, dw, delta.sum(axis=(0, 1, 2))


def relu(z):
    """Notebook 4. F(z) = max(z, 0)."""
    return np.maximum(z, 0)


def relu_prime(z):
    """Notebook 4. F′(z): 1 where z >= 0, else 0, the notes' convention."""
    return np.where(z >= 0, 1.0, 0.0)


def layer_forward(a_prev, W, b):
    """Notebook 4. a_prev: (M, N_{l-1}), W: (N_{l-1}, N_l), b: (N_l,). Returns z: (M, N_l)."""
    return a_prev @ W + b


def layer_backward(delta, F_prime, a_prev, W):
    """Notebook 4. delta = ∂C/∂a, F_prime = F′(z): (M, N_l). Returns (delta_prev, dW, db)."""
    dz = delta * F_prime
    return dz @ W.T, a_prev.T @ dz, dz.sum(axis=0)


def max_pool(x, size, stride):
    """Notebook 5. x: (M, H, W, C). Returns (out, winner), winner the row-major index in the window."""
    (R, S), (v, h) = size, stride
    P, Q = (x.shape[1] - R) // v + 1, (x.shape[2] - S) // h + 1
    entries = np.array([x[:, r::v, s::h][:, :P, :Q] for r in range(R) for s in range(S)])
    return entries.max(axis=0), entries.argmax(axis=0)


def max_pool_backward(delta, winner, x_shape, size, stride):
    """Notebook 5. delta: (M, P, Q, C). Returns ∂C/∂x of shape x_shape: each delta goes to the entry that won."""
    (R, S), (v, h), (M, P, Q, C) = size, stride, delta.shape
    dx = np.zeros(x_shape)
    for i in range(R * S):
        r, s = divmod(i, S)
        dx[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] += delta * (winner == i)
    return dx


# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.2 Where the weights start
#
# They cannot all start at the same number: then all maps of a layer would be equal, get equal gradients and stay equal for ever. So they are drawn at random. But how large?
#
# A unit adds up $n$ products, $z_i = \sum_{j=1}^{n} a_j W_{ji}$. If the weights are independent of the $a_j$ and of each other, with mean 0,
#
# $$\operatorname{Var}(z_i) = n \operatorname{Var}(W)\, \overline{a^2}, \qquad a = \max(z_{\text{before}}, 0) \;\Rightarrow\; \overline{a^2} = \tfrac12 \operatorname{Var}(z_{\text{before}}),$$
#
# for a symmetric $z$ is negative half of the time, and ReLU makes that half 0. So each layer multiplies the variance by $\tfrac12 n \operatorname{Var}(W)$. After ten layers that is a tenth power: the signal survives only if the factor is 1,
#
# $$\operatorname{Var}(W) = \frac{2}{n}, \qquad \text{standard deviation } \sqrt{2/n}.$$
#
# For the dense layer $n = D$, the number of inputs; a unit of a convolution adds up $n = R\,S\,C$ products. The biases start at 0.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.2 权重从哪里开始
#
# 权重不能都从同一个数开始：那样一层里的特征图全都相同，得到的梯度也相同，就永远相同。所以权重要随机抽取。但该取多大？
#
# 一个单元把 $n$ 个乘积加起来，$z_i = \sum_{j=1}^{n} a_j W_{ji}$。如果权重与 $a_j$ 独立，彼此也独立，均值为 0，那么
#
# $$\operatorname{Var}(z_i) = n \operatorname{Var}(W)\, \overline{a^2}, \qquad a = \max(z_{\text{before}}, 0) \;\Rightarrow\; \overline{a^2} = \tfrac12 \operatorname{Var}(z_{\text{before}}),$$
#
# 因为对称分布的 $z$ 有一半是负的，ReLU 把这一半变成 0。所以每过一层，方差乘以 $\tfrac12 n \operatorname{Var}(W)$。十层之后就是它的十次方：只有这个因子等于 1，信号才能保住，
#
# $$\operatorname{Var}(W) = \frac{2}{n}, \qquad \text{标准差 } \sqrt{2/n}.$$
#
# 全连接层的 $n = D$，即输入的个数；卷积的一个单元加起来的是 $n = R\,S\,C$ 个乘积。偏置从 0 开始。
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Ten dense layers of 256 units with ReLU, fed with random numbers. Move the spread of the weights: how wide is the window in which the tenth layer still gets a signal?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 十个全连接层，每层 256 个单元，带 ReLU，输入是随机数。移动权重的标准差：要让第十层还收得到信号，容许的范围有多宽？
#


# %% slideshow={"slide_type": "fragment"}
def signal(factor):
    """Root mean square of the activations of each layer, for weights with the standard deviation factor · √(1/n)."""
    rng = np.random.default_rng(0)
    a = rng.standard_normal((64, 256))
    sizes = [1.0]
    for _ in range(10):
        a = np.maximum(a @ (factor / 16 * rng.standard_normal((256, 256))), 0)
        sizes.append(float(np.sqrt(np.mean(a**2))) * 2**0.5)
    figure = curves({"signal": sizes}, "layer", "√2 · rms of a", log=True)
    figure.axes[0].set_ylim(1e-5, 1e5)
    return figure


explore(signal, {"factor": "spread of W · √n | W 的标准差 · √n"}, factor=(0.5, 3.0, 0.1, 1.0))

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `init_params`. The network's parameters live in a dictionary from here on, `"W1"` and `"b1"` for the first layer and so on; each $W$ has the outputs on its last axis, so all the others together are its inputs.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 写出 `init_params`。从这里开始，网络的参数放在一个字典里，第一层是 `"W1"` 和 `"b1"`，依此类推；每个 $W$ 的最后一个轴是输出，其余各轴合起来就是输入。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "init_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def init_params(rng, sizes):
    """First parameters of a network: random weights of mean 0 and standard deviation √(2/n), biases 0.

    rng: np.random.Generator; sizes: dictionary of the weights' shapes, {"W1": shape, "W2": shape, ...}.
    n is the number of inputs of one unit: the product of all axes of the shape but the last.
    Returns a dictionary with a W of each shape and, for "W1", a "b1" of zeros (K,), K the last axis.

    >>> params = init_params(np.random.default_rng(0), {"W1": (3, 3, 1, 8), "W2": (72, 10)})
    >>> {name: value.shape for name, value in params.items()}
    {'W1': (3, 3, 1, 8), 'b1': (8,), 'W2': (72, 10), 'b2': (10,)}
    """
    ### BEGIN SOLUTION
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-init_params", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def spread(params, name):  # standard deviation of many numbers: known to a few per cent
    return float(np.std(params[name]))


def about(value, target):
    return abs(value / target - 1) < 0.05


sheet = Sheet("init_params(rng, sizes) -> {W1, b1, W2, b2}", init_params, points=4)
conv = {"W1": (5, 5, 8, 60), "W2": (200, 300)}  # 200 inputs, both
wide = {"W1": (1, 3, 50, 400), "W2": (600, 50)}  # 150 inputs; 600
sheet.holds(
    "the shapes are those in sizes | 形状与 sizes 一致",
    np.random.default_rng(0),
    conv,
    that=lambda params: all(np.shape(params[name]) == shape for name, shape in conv.items()),
    diagnosis="shape",
)
sheet.values(
    "biases are 0 | 偏置为 0", np.random.default_rng(1), wide, expect={"b1": np.zeros(400), "b2": np.zeros(50)}
)
sheet.holds(
    "the weights have mean 0 | 权重的均值为 0",
    np.random.default_rng(2),
    conv,
    that=lambda params: all(abs(np.mean(params[name])) < 0.05 * spread(params, name) for name in conv),
    why="the weights' mean is not 0: are some negative and some positive? | 权重的均值不是 0：有正有负吗？",
    diagnosis="not-centred",
)
sheet.holds(
    "as many inputs, the same spread: a filter has R·S·C of them | 输入一样多，标准差就一样：滤波器有 R·S·C 个输入",
    np.random.default_rng(3),
    conv,
    that=lambda params: about(spread(params, "W1"), spread(params, "W2")),
    why="W1 (5, 5, 8, 60) and W2 (200, 300) both have 200 inputs, but not the same spread; n is the product of all axes but the last"
    " | W1 (5, 5, 8, 60) 和 W2 (200, 300) 都有 200 个输入，标准差却不同；n 是除最后一个轴外各轴之积",
    diagnosis="inputs-miscounted",
)
sheet.holds(
    "four times as many inputs, half the spread | 输入多到四倍，标准差减半",
    np.random.default_rng(4),
    wide,
    that=lambda params: about(spread(params, "W1"), 2 * spread(params, "W2")),
    why="150 inputs in W1, 600 in W2: the spread must halve, for it is a root | W1 有 150 个输入，W2 有 600 个：标准差应减半，因为有根号",
    diagnosis="spread-does-not-follow",
)
sheet.holds(
    "the standard deviation is √(2/n) | 标准差是 √(2/n)",
    np.random.default_rng(5),
    conv,
    that=lambda params: about(spread(params, "W2"), 0.1),
    why="200 inputs: the standard deviation must be √(2/200) = 0.1 | 200 个输入：标准差应为 √(2/200) = 0.1",
    diagnosis="spread",
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def kept(seed, sizes, store):  # looks at an answer and keeps it for the next line
    sheet.holds(
        "the numbers come from rng | 随机数来自 rng",
        np.random.default_rng(seed),
        sizes,
        that=lambda params: store.append(params["W2"]) or len(store) < 2 or not np.array_equal(*store),
        why="two different generators give the same weights | 两个不同的生成器给出同样的权重",
        diagnosis="generator-ignored",
        weight=0.5,
    )


drawn = []
kept(6, wide, drawn)
kept(7, wide, drawn)
sheet.holds(
    "each layer draws numbers of its own | 每层各抽各的随机数",
    np.random.default_rng(8),
    {"W1": (30, 40), "W2": (30, 40)},
    that=lambda params: not np.array_equal(params["W1"], params["W2"]) and len(np.unique(params["W1"])) == 1200,
    why="the same numbers appear twice | 同样的随机数出现了两次",
    diagnosis="same-numbers",
)
sheet.holds(
    "small filters and large ones | 小滤波器和大滤波器",
    np.random.default_rng(9),
    {"W1": (1, 1, 8, 5000), "W2": (7, 3, 10, 40)},
    that=lambda params: about(spread(params, "W1"), 0.5) and about(spread(params, "W2"), np.sqrt(2 / 210)),
)
sheet.values(
    "one number for each output | 每个输出一个偏置",
    np.random.default_rng(10),
    {"W1": (3, 5, 2, 4), "W2": (6, 1)},
    expect={"b1": np.zeros(4), "b2": np.zeros(1)},
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.3 Forward
#
# The notes' $a_{mi}^{(l)} = f_i^{(l)}\left(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)}\right)$, from the first layer to the last. The way back will need what happened on the way, so we keep it, all of it: $z$ because $F'$ is taken there, the results of the pools because they
# are the next layer's input, and which entry won each pool.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.3 向前
#
# 讲义的 $a_{mi}^{(l)} = f_i^{(l)}\left(\mathcal{A}_m^{(l-1)}, \vec{\theta}_i^{(l)}\right)$，从第一层一直算到最后一层。往回走的时候要用到途中发生的事，所以全部留下：留 $z$，因为 $F'$ 在那里取值；留池化的结果，因为它是下一层的输入；还要留下每个池里谁赢了。
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 2.** Write `network_forward`. A pool of 2 × 2 with stride 2 leaves out an odd last row or column, as `max_pool` does. Don't write any size of the table above into your function: it must work for other images and filters.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 2.** 写出 `network_forward`。步长为 2 的 2 × 2 池化会舍去多出来的最后一行或一列，`max_pool` 就是这样。不要把上表中的任何大小写死在函数里：换了图像和滤波器，它也要能用。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "network_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_forward(params, x):
    """The whole network: conv, ReLU, pool, conv, ReLU, pool, dense, ReLU, dense.

    params: dictionary W1 (R, S, C, K1), b1 (K1,), W2 (R', S', K1, K2), b2 (K2,), W3 (D, H), b3 (H,), W4 (H, K),
    b4 (K,); R, S, R', S' odd. x: (M, height, width, C).
    Convolutions keep the size (R // 2 and S // 2 zeros), pools are 2 × 2 with stride 2.
    Returns (z, states): the scores z (M, K), no softmax, and a dictionary of
    z1, a1 = F(z1), p1, winner1 (the pool's values and winners), z2, a2, p2, winner2, z3, a3.

    >>> sizes = {"W1": (3, 3, 1, 8), "W2": (3, 3, 8, 16), "W3": (64, 32), "W4": (32, 10)}
    >>> z, states = network_forward(init_params(np.random.default_rng(0), sizes), np.ones((5, 8, 8, 1)))
    >>> z.shape, states["a2"].shape, states["p2"].shape
    ((5, 10), (5, 4, 4, 16), (5, 2, 2, 16))
    """
    ### BEGIN SOLUTION
    states, p = {}, x
    for i in "12":
        w = params["W" + i]
        z = conv2d(p, w, params["b" + i], (1, 1), (w.shape[0] // 2, w.shape[1] // 2))
        a = relu(z)
        p, winner = max_pool(a, (2, 2), (2, 2))
        states |= {"z" + i: z, "a" + i: a, "p" + i: p, "winner" + i: winner}
    z3 = layer_forward(p.reshape(len(p), -1), params["W3"], params["b3"])
    a3 = relu(z3)
    return layer_forward(a3, params["W4"], params["b4"]), states | {"z3": z3, "a3": a3}
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-network_forward", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
from chainrule.check.mistakes.lenet import small_lenet  # the same network, written in another way


def all_but_winners(params, x):
    return {name: value for name, value in small_lenet.forward(params, x).items() if "winner" not in name}


FORWARD = "network_forward(params, x) -> z, {z1, a1, p1, winner1, z2, a2, p2, winner2, z3, a3}"


def centre(w, R=3, S=3):  # a filter that is w in its centre and 0 around it
    filters = np.zeros((R, S, *np.shape(w)))
    filters[R // 2, S // 2] = w
    return filters


by_hand = {
    "W1": centre([[1.0]]),
    "b1": np.array([-2.0]),
    "W2": centre([[1.0, -1.0]]),
    "b2": np.array([0.0, 10.0]),
    "W3": np.array([[1.0, 2.0], [10.0, -1.0]]),
    "b3": np.array([0.5, 0.0]),
    "W4": np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 0.0]]),
    "b4": np.array([0.0, 0.0, 1.0]),
}
numbered = np.arange(16.0).reshape(1, 4, 4, 1)
sheet = Sheet(FORWARD, network_forward, points=6)
sheet.values(
    "4 × 4 pixels from 0 to 15, by hand | 4 × 4 个像素，从 0 到 15，手算",
    by_hand,
    numbered,
    expect={
        "z1": numbered - 2,
        "a1": np.array([[0.0, 0, 0, 1], [2, 3, 4, 5], [6, 7, 8, 9], [10, 11, 12, 13]])[None, :, :, None],
        "p1": np.array([[3.0, 5], [11, 13]])[None, :, :, None],
        "winner1": np.full((1, 2, 2, 1), 3),
        "z2": np.array([[[3.0, 7], [5, 5]], [[11, -1], [13, -3]]])[None],
        "a2": np.array([[[3.0, 7], [5, 5]], [[11, 0], [13, 0]]])[None],
        "p2": np.array([[[[13.0, 7.0]]]]),
        "winner2": np.array([[[[3, 0]]]]),
        "z3": [[83.5, 19.0]],
        "a3": [[83.5, 19.0]],
        "z": [[83.5, 19.0, -82.5]],
    },
    weight=2,
)
border = {**by_hand, "W1": np.ones((3, 3, 1, 1)), "b1": np.zeros(1)}
sheet.values(
    "zeros around the image: ones added up | 图像四周补零：把 1 加起来",
    border,
    np.ones((1, 4, 4, 1)),
    expect={"z1": np.array([[4.0, 6, 6, 4], [6, 9, 9, 6], [6, 9, 9, 6], [4, 6, 6, 4]])[None, :, :, None]},
)
params = some_params(sheet, [(3, 3), (3, 3)], (3, 4), (5, 6), pixels=4)
sheet.values("two images of 8 × 8 | 两张 8 × 8 的图", params, sheet.spaced(2, 8, 8, 1), expect=all_but_winners)
### BEGIN HIDDEN TESTS
sheet.hidden()


def points_at_the_largest(out):  # where a pool is 0 everywhere, any entry will do
    states = out[1]
    for i in "12":
        a, p, winner = (np.asarray(states[name + i]) for name in ("a", "p", "winner"))
        P, Q = p.shape[1:3]
        four = np.array([a[:, r : 2 * P : 2, s : 2 * Q : 2] for r in (0, 1) for s in (0, 1)])
        if not np.array_equal(np.take_along_axis(four, winner[None], axis=0)[0], p):
            return False
    return True


params = some_params(sheet, [(5, 3), (3, 3)], (2, 3), (4, 3), channels=3, pixels=4)
sheet.values(
    "three colours, filters of 5 × 3 | 三种颜色，5 × 3 的滤波器",
    params,
    sheet.spaced(3, 10, 8, 3),
    expect=all_but_winners,
)
params = some_params(sheet, [(3, 3), (3, 5)], (2, 2), (3, 4), channels=2, pixels=6)
odd = sheet.spaced(2, 11, 13, 2)
sheet.values("odd sizes: a row is left over | 奇数大小：多出一行", params, odd, expect=all_but_winners)
sheet.holds(
    "the winners point at the largest entries | winner 指向最大的元素",
    params,
    odd,
    that=points_at_the_largest,
    why="winner is the row-major index of the largest entry in its window of 2 × 2 | winner 是最大元素在 2 × 2 窗口里按行排列的下标",
    diagnosis="winner",
)
sheet.values(
    "one image | 一张图",
    params,
    sheet.spaced(1, 11, 13, 2),
    expect=lambda *given: {"z": small_lenet.forward(*given)["z"]},
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.4 The loss, from labels
#
# $$\theta^* = \operatorname{argmin}_{\theta} \sum_i [-\mathbf{y}_i \cdot \ln \mathbf{a}_i], \qquad a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# In notebook 1 each $\mathbf{y}_i$ was a row of zeros with a single 1. With thousands of classes nobody stores that; what one has is the number of the class, $y_m$. The scalar product then picks one term, and the mean over the batch is
#
# $$\mathcal C = \frac1M \sum_{m=1}^M \Big[ \ln \sum_j e^{z_{mj}} - z_{m y_m} \Big], \qquad \delta_{mk} = \frac{\partial \mathcal C}{\partial z_{mk}} = \frac{a_{mk} - [k = y_m]}{M}.$$
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.4 由标签求损失
#
# $$\theta^* = \operatorname{argmin}_{\theta} \sum_i [-\mathbf{y}_i \cdot \ln \mathbf{a}_i], \qquad a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# 第 1 课里每个 $\mathbf{y}_i$ 是一行零，其中有一个 1。类别有几千个的时候，谁也不会这样存；手上有的是类别的编号 $y_m$。内积就只挑出一项，对整批求平均得到
#
# $$\mathcal C = \frac1M \sum_{m=1}^M \Big[ \ln \sum_j e^{z_{mj}} - z_{m y_m} \Big], \qquad \delta_{mk} = \frac{\partial \mathcal C}{\partial z_{mk}} = \frac{a_{mk} - [k = y_m]}{M}.$$
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 3.** Write `cross_entropy`. Scores of ±1000 must not overflow: shift each row by its maximum, as in notebook 1. To reach one entry in each row, index with two arrays, `z[np.arange(M), y]`.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 3.** 写出 `cross_entropy`。得分为 ±1000 时不能溢出：像第 1 课那样，每行减去它的最大值。要在每一行取一个元素，可以用两个数组作下标：`z[np.arange(M), y]`。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(z, y):
    """Mean of -ln a[m, y[m]] over the batch, a the softmax of each row, and its gradient.

    z: (M, K), y: (M,) integer labels from 0 to K - 1. Returns (loss, dz), dz: (M, K).

    >>> loss, dz = cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))
    >>> round(loss, 6), dz
    (0.693147, array([[ 0.5, -0.5]]))
    """
    ### BEGIN SOLUTION
    M = len(y)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    dz = e / e.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(e.sum(axis=1)) + z.max(axis=1) - z[np.arange(M), y])
    dz[np.arange(M), y] -= 1
    return float(loss), dz / M
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-cross_entropy", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("cross_entropy(z, y) -> loss, dz", cross_entropy, points=4)
odds = np.log([[1.0, 3.0, 4.0], [2.0, 5.0, 1.0]])
sheet.values(
    "odds of 1 : 3 : 4 and 2 : 5 : 1 | 比率 1 : 3 : 4 和 2 : 5 : 1",
    odds,
    np.array([1, 0]),
    expect={"loss": np.log(32 / 3) / 2, "dz": np.array([[1, -5, 4], [-6, 5, 1]]) / 16},
)
sheet.values(
    "scores of ±1000 | 得分为 ±1000",
    np.array([[1000.0, 0.0, -1000.0, 0.0], [0.0, -1000.0, 1000.0, 0.0], [1000.0, 1000.0, 0.0, -1000.0]]),
    np.array([0, 0, 1]),
    expect={"loss": (1000 + np.log(2)) / 3, "dz": np.array([[0.0, 0, 0, 0], [-1, 0, 1, 0], [0.5, -0.5, 0, 0]]) / 3},
)
x = sheet.spaced(3, 4)
y = np.array([3, 0, 3])
sheet.gradient("gradient | 梯度", x, y, of=lambda z, y: np.mean(np.logaddexp.reduce(z, axis=1) - z[[0, 1, 2], y]))
### BEGIN HIDDEN TESTS
sheet.hidden()


def row_by_row(z, y):
    rows = [np.exp(row - np.max(row)) / np.sum(np.exp(row - np.max(row))) for row in z]
    return {
        "loss": -sum(np.log(row[k]) for row, k in zip(rows, y)) / len(y),
        "dz": np.array([row - (np.arange(len(row)) == k) for row, k in zip(rows, y)]) / len(y),
    }


sheet.values(
    "five rows, each label in turn | 五行，标签各不相同",
    sheet.spaced(5, 7),
    np.array([6, 0, 3, 3, 1]),
    expect=row_by_row,
)
sheet.values(
    "rows of very different level | 各行水平相差很大",
    np.array([[2000.0, 2001.0], [0.0, 0.5], [-3000.0, -3001.0]]),
    np.array([0, 1, 1]),
    expect=row_by_row,
)
sheet.values("one row | 一行", sheet.spaced(1, 4), np.array([2]), expect=row_by_row)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.5 Back
#
# Now the notes' recursion, from the last layer to the first. With $\delta^{(l)} = \partial \mathcal C / \partial a^{(l)}$ and $F'$ at $z^{(l)}$,
#
# $$\delta_{mi}^{(l-1)} = \sum_{j} \delta_{mj}^{(l)}\, F'(z_{mj}^{(l)})\, W_{ij}^{(l)}, \qquad \frac{\partial \mathcal C}{\partial W_{ji}^{(l)}} = \sum_m \delta_{mi}^{(l)}\, F'(z_{mi}^{(l)})\, a_{mj}^{(l-1)}, \qquad \frac{\partial \mathcal C}{\partial b_i^{(l)}} = \sum_m \delta_{mi}^{(l)}\, F'(z_{mi}^{(l)})$$
#
# for the dense layers; for a pool, $\delta_{mi}^{(l-1)} = \sum_{[j]} \delta_{mj}^{(l)}$, the sum over the pools that $i$ has won; and for a convolution the same sums over all the connections $\langle ji \rangle_{\mu\nu}$ that share a weight. Each is one of the functions above. Your part is the plumbing: in which order, and with what between them?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.5 往回
#
# 现在是讲义的递推，从最后一层到第一层。记 $\delta^{(l)} = \partial \mathcal C / \partial a^{(l)}$，$F'$ 在 $z^{(l)}$ 处取值，
#
# $$\delta_{mi}^{(l-1)} = \sum_{j} \delta_{mj}^{(l)}\, F'(z_{mj}^{(l)})\, W_{ij}^{(l)}, \qquad \frac{\partial \mathcal C}{\partial W_{ji}^{(l)}} = \sum_m \delta_{mi}^{(l)}\, F'(z_{mi}^{(l)})\, a_{mj}^{(l-1)}, \qquad \frac{\partial \mathcal C}{\partial b_i^{(l)}} = \sum_m \delta_{mi}^{(l)}\, F'(z_{mi}^{(l)})$$
#
# 这是全连接层；对池化，$\delta_{mi}^{(l-1)} = \sum_{[j]} \delta_{mj}^{(l)}$，对 $i$ 赢得的那些池求和；对卷积，也是这些和，但要对共享同一个权重的全部连线 $\langle ji \rangle_{\mu\nu}$ 来求。每一种都是上面的一个函数。留给你的是把它们接起来：按什么顺序，中间还缺什么？
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Four things to mind:
#
# * the last layer is linear, its $F' = 1$, and `delta` is $\partial \mathcal C / \partial z$;
# * flat became an image on the way forward: on the way back, reshape;
# * `conv_backward` knows no padding. Give it the image *with* the zeros around it, as the forward pass saw it, and cut the gradient of the zeros off again;
# * between pool and convolution stands $F'(z)$. At $z$, not at $a$: $a$ is never negative, so `relu_prime(a)` is 1 everywhere.
#
# **Exercise 4.** Write `network_backward`.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 注意四件事：
#
# * 最后一层是线性的，$F' = 1$，`delta` 就是 $\partial \mathcal C / \partial z$；
# * 向前时图像被摊平了，往回时要 reshape 回来；
# * `conv_backward` 不管补零。要给它*带着*零的图像，也就是向前时看到的那个，然后再把零的那一圈梯度剪掉；
# * 池化与卷积之间还有 $F'(z)$。在 $z$ 处，不是在 $a$ 处：$a$ 从不为负，`relu_prime(a)` 处处是 1。
#
# **练习 4.** 写出 `network_backward`。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "network_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_backward(params, x, states, delta):
    """All gradients of the network, from the gradient of its scores.

    params, x: as in network_forward; states: what network_forward returned for them;
    delta: ∂C/∂z (M, K) of the scores z. Returns (dx, grads): ∂C/∂x like x, and a dictionary of
    ∂C/∂W1, ∂C/∂b1, ... under the names of the parameters, "W1", "b1", ..., "b4".

    >>> sizes = {"W1": (3, 3, 1, 2), "W2": (3, 3, 2, 3), "W3": (3, 4), "W4": (4, 5)}
    >>> params, x = init_params(np.random.default_rng(0), sizes), np.ones((2, 4, 4, 1))
    >>> dx, grads = network_backward(params, x, network_forward(params, x)[1], np.ones((2, 5)))
    >>> dx.shape, grads["W2"].shape, grads["b4"]
    ((2, 4, 4, 1), (3, 3, 2, 3), array([2., 2., 2., 2., 2.]))
    """
    ### BEGIN SOLUTION
    grads, p2 = {}, states["p2"]
    delta, grads["W4"], grads["b4"] = layer_backward(delta, np.ones(delta.shape), states["a3"], params["W4"])
    delta, grads["W3"], grads["b3"] = layer_backward(
        delta, relu_prime(states["z3"]), p2.reshape(len(p2), -1), params["W3"]
    )
    delta = delta.reshape(p2.shape)
    for i, before in (("2", states["p1"]), ("1", x)):
        z, w = states["z" + i], params["W" + i]
        top, left = w.shape[0] // 2, w.shape[1] // 2
        dz = max_pool_backward(delta, states["winner" + i], z.shape, (2, 2), (2, 2)) * relu_prime(z)
        d_padded, grads["W" + i], grads["b" + i] = conv_backward(dz, zero_pad(before, top, left), w, (1, 1))
        delta = d_padded[:, top : top + before.shape[1], left : left + before.shape[2]]
    return delta, grads
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-network_backward", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
from chainrule.check.mistakes.lenet import small_lenet


def states_of(params, x):
    states = small_lenet.forward(params, x)
    del states["z"]
    return states


BACKWARD = "network_backward(params, x, states, delta) -> dx, {W4, b4, W3, b3, W2, b2, W1, b1}"
sheet = Sheet(BACKWARD, network_backward, points=9)
by_hand = {
    "W1": np.arange(9.0).reshape(3, 3, 1, 1),  # what lies below and to the right weighs most
    "b1": np.array([1.0]),
    "W2": np.array([0.0, 0, 0, 0, 1, 0, 0, 0, 0]).reshape(3, 3, 1, 1),
    "b2": np.array([0.5]),
    "W3": np.array([[1.0, -1.0]]),
    "b3": np.array([0.0, 5.0]),
    "W4": np.array([[1.0, 2.0], [3.0, 4.0]]),
    "b4": np.array([0.0, 0.0]),
}
ink = np.zeros((1, 4, 4, 1))
ink[0, 3, 2] = 1.0  # z1 is 9 at (2, 1), one pixel up and left of the ink: there it wins both pools
sheet.values(
    "one pixel of ink, by hand | 一个像素的墨迹，手算",
    by_hand,
    ink,
    states_of(by_hand, ink),
    np.array([[1.0, -1.0]]),
    expect={
        "W4": [[9.5, -9.5], [0.0, 0.0]],
        "b4": [1.0, -1.0],
        "W3": [[-9.5, 0.0]],
        "b3": [-1.0, 0.0],
        "W2": -np.array([0.0, 1, 1, 0, 9, 8, 0, 0, 0]).reshape(3, 3, 1, 1),
        "b2": [-1.0],
        "W1": np.array([0.0, 0, 0, 0, 0, 0, 0, 0, -1]).reshape(3, 3, 1, 1),
        "b1": [-1.0],
        "dx": -np.array([[0.0, 0, 0, 0], [0, 1, 2, 0], [3, 4, 5, 0], [6, 7, 8, 0]])[None, :, :, None],
    },
    weight=2,
)
params = some_params(sheet, [(3, 3), (3, 3)], (2, 3), (4, 3), pixels=2)
x = sheet.spaced(2, 4, 8, 1)
sheet.values(
    "two images of 4 × 8 | 两张 4 × 8 的图",
    params,
    x,
    states_of(params, x),
    sheet.spaced(2, 3),
    expect=small_lenet.backward,
    weight=2,
)
### BEGIN HIDDEN TESTS
sheet.hidden()
params = some_params(sheet, [(5, 3), (3, 5)], (2, 3), (4, 5), channels=3, pixels=2)
x = sheet.spaced(3, 8, 5, 3)
sheet.values(
    "three colours, filters that are not square | 三种颜色，滤波器不是方的",
    params,
    x,
    states_of(params, x),
    sheet.spaced(3, 5),
    expect=small_lenet.backward,
    weight=2,
)
params = some_params(sheet, [(3, 1), (1, 3)], (3, 2), (3, 2), channels=2, pixels=2)
x = sheet.spaced(2, 5, 11, 2)
sheet.values(
    "odd sizes, flat filters | 奇数大小，扁的滤波器",
    params,
    x,
    states_of(params, x),
    sheet.spaced(2, 2),
    expect=small_lenet.backward,
)
params = {**params, "b3": params["b3"] - 100.0}
sheet.values(
    "a hidden layer that is silent: only b4 learns | 隐层全部沉默：只有 b4 能学",
    params,
    x,
    states_of(params, x),
    sheet.spaced(2, 2),
    expect=small_lenet.backward,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.6 Loss and gradients of the network
#
# **Exercise 5.** Forward, loss, back: put the three together. With your functions from above this is three or four lines.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.6 网络的损失与梯度
#
# **练习 5.** 向前、损失、往回：把三者接起来。用上面写好的函数，三四行就够了。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "network_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_loss(params, x, y):
    """Mean cross entropy of a batch, and its gradient by every parameter.

    params, x: as in network_forward; y: (M,) integer labels.
    Returns (loss, grads), grads a dictionary with the names and shapes of params.

    >>> sizes = {"W1": (3, 3, 1, 2), "W2": (3, 3, 2, 3), "W3": (3, 4), "W4": (4, 5)}
    >>> params = init_params(np.random.default_rng(0), sizes)
    >>> loss, grads = network_loss(params, np.zeros((2, 4, 4, 1)), np.array([0, 3]))
    >>> round(loss, 4), grads["b4"].round(4)  # no ink: all classes are equally likely, ln 5
    (1.6094, array([-0.3,  0.2,  0.2, -0.3,  0.2]))
    """
    ### BEGIN SOLUTION
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    return loss, network_backward(params, x, states, delta)[1]
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-network_loss", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
from chainrule.check.mistakes.lenet import small_lenet

LOSS = "network_loss(params, x, y) -> loss, {W1, b1, W2, b2, W3, b3, W4, b4}"
sheet = Sheet(LOSS, network_loss, points=5)
params = some_params(sheet, [(3, 3), (3, 3)], (2, 3), (4, 3), pixels=1)
silent = {**params, "W3": 0 * params["W3"], "b3": np.full(4, -1.0), "b4": np.log([1.0, 2.0, 5.0])}
sheet.values(
    "silent units: odds of 1 : 2 : 5 for every image | 单元都沉默：每张图的比率都是 1 : 2 : 5",
    silent,
    sheet.spaced(2, 4, 4, 1),
    np.array([1, 2]),
    expect={
        "loss": np.log(64 / 10) / 2,
        "b4": np.array([1, -2, 1]) / 8,
        "W4": np.zeros((4, 3)),
        "W1": np.zeros((3, 3, 1, 2)),
    },
)
sheet.values(
    "loss and all gradients of three images | 三张图的损失和全部梯度",
    params,
    sheet.spaced(3, 4, 6, 1),
    np.array([2, 0, 2]),
    expect=small_lenet.loss_and_gradients,
    weight=2,
)
### BEGIN HIDDEN TESTS
sheet.hidden()
frozen = {}
for i, shape in enumerate([(3, 3, 1, 2), (3, 3, 2, 2), (2, 3), (3, 3)]):
    frozen[f"W{i + 1}"] = np.sin(4.0 + i + np.arange(np.prod(shape))).reshape(shape)
    frozen[f"b{i + 1}"] = np.cos(i + np.arange(shape[-1])) / 2
FROZEN = {
    "loss": "1.0919150354141993",
    "W1": """
    -0.2394867671 -0.1435267723 0.008457768806 -0.1991720579 0.105634647 0.09545866226 -0.05545587899 -0.2141710682
    -0.09020333332 -0.4195006733 -0.1248593562 -0.3773395146 0.08663497563 0.1754190031 0.09040880713 0.2473401262
    0.1826606916 -0.02440578613""",
    "b1": "0.05247849101 -0.1871575967",
    "W2": """
    0 -0.2088533093 0 -0.2667345797 0 0 0 0.002059712636 0 -0.2130604018 0 -0.1107804309 0 -0.2981213657 0
    -0.2719172063 0.18774529 -0.2818621159 0.2454617615 -0.2587017773 0 -0.0005790071372 -0.009161456836
    -0.07168108155 0 0 0 0 0.2739946946 0 0.2544656942 0 0.2577162264 0 0.2365874124 0""",
    "b2": "0.1264487138 -0.1378020987",
    "W3": "0 -0.2480683434 0.3688490329 0 -0.04827501791 0.1908520273",
    "b3": "0 -0.08326990542 0.1831044784",
    "W4": """
    0 0 0 0.09107339851 0.2046067931 -0.2956801916 0.08673085967 0.3943050755 -0.4810359351""",
    "b4": "-0.3043398913 0.3322452371 -0.02790534584",
}
sheet.values(
    "values that PyTorch 2.13 computed | PyTorch 2.13 算出的值",
    frozen,
    np.cos(0.7 * np.arange(56.0)).reshape(2, 4, 7, 1),
    np.array([2, 0]),
    expect={
        name: np.array(text.split(), float).reshape(np.shape(frozen.get(name, 0))) for name, text in FROZEN.items()
    },
    weight=2,
)
params = some_params(sheet, [(5, 3), (3, 3)], (3, 2), (4, 6), channels=2, pixels=4)
sheet.values(
    "two colours, six classes | 两种颜色，六类",
    params,
    sheet.spaced(4, 8, 9, 2),
    np.array([5, 0, 3, 3]),
    expect=small_lenet.loss_and_gradients,
)
large = {**params, "b4": params["b4"] + np.array([0.0, 1000, -1000, 2000, 0, 0])}
sheet.values(
    "scores in the thousands | 得分上千",
    large,
    sheet.spaced(2, 8, 9, 2),
    np.array([1, 4]),
    expect=small_lenet.loss_and_gradients,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Is it the derivative?
#
# With real digits, the real network, and a few entries of each array: central differences $\big(\mathcal C(\theta + h) - \mathcal C(\theta - h)\big) / 2h$ against yours. A whole network is checked like a single function; only now a mistake in any layer shows in all the layers below it, so read the table from the bottom: the lowest
# line that is wrong is where to look. The first column has fresh parameters. The second has the same, but every bias is a small random number instead of 0.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 它真的是导数吗？
#
# 用真实的数字、真实的网络，在每个数组里取几个元素：中心差分 $\big(\mathcal C(\theta + h) - \mathcal C(\theta - h)\big) / 2h$ 对照你的结果。检验整个网络和检验一个函数没有两样，只是任何一层的错误都会在它下面的各层显出来，所以这张表要从下往上读：最下面一行出错的地方，就是该去找的地方。第一列用的是刚初始化的参数；第二列一样，只是每个偏置不是 0，而是一个小的随机数。
#

# %% slideshow={"slide_type": "fragment"}
SIZES = {"W1": (3, 3, 1, 8), "W2": (3, 3, 8, 16), "W3": (64, 32), "W4": (32, 10)}
x_train, x_val, x_test = (digits(part)[0][..., None] for part in ("train", "validation", "test"))
y_train, y_val, y_test = (digits(part)[1] for part in ("train", "validation", "test"))


def worst_error(params, name, x, y, rng, entries=12, h=1e-5):
    """Largest gap between gradient and central difference, over a few entries, relative to the largest of them."""
    grads, gaps, sizes = network_loss(params, x, y)[1][name].ravel(), [], []
    for j in rng.permutation(grads.size)[:entries]:
        step = h * (np.arange(grads.size) == j).reshape(params[name].shape)
        ahead, behind = (network_loss({**params, name: params[name] + s}, x, y)[0] for s in (step, -step))
        gaps.append(abs((ahead - behind) / (2 * h) - grads[j]))
        sizes.append(abs(grads[j]))
    return max(gaps) / max(sizes)


with when_done():
    rng = np.random.default_rng(0)
    fresh = init_params(rng, SIZES)
    shaken = {name: value + 0.1 * rng.standard_normal(value.shape) * (name[0] == "b") for name, value in fresh.items()}
    print("      b = 0      b random")
    for name in ("W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"):
        errors = (worst_error(params, name, x_train[:20], y_train[:20], rng) for params in (fresh, shaken))
        print(f"{name}   " + "    ".join(f"{error:.1e}" for error in errors))

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** With biases of 0, the check says that $b_1$ is wrong by several per cent, while all the rest is right to eight digits or more; with random biases everything is right. Nothing is wrong with the program. (a) What is special about the $z_1$ of a digit's blank corner when $b_1 = 0$? (b) What does the central difference give there, and what does
# `relu_prime`? (c) Why does $W_1$ pass the check all the same? (d) Does it do any harm in training?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 偏置为 0 时，检验说 $b_1$ 错了百分之几，其余的却都对到八位以上；偏置随机时，全都对。程序并没有错。（a）$b_1 = 0$ 时，数字图像空白角落处的 $z_1$ 有什么特别？（b）中心差分在那里给出多少，`relu_prime` 又给出多少？（c）为什么 $W_1$ 照样通过检验？（d）这对训练有害吗？
#

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-kink", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) Every pixel under the filter is 0, so z₁ = 0 exactly: it stands on the kink of ReLU (1 point). (b) Only the step to one side comes through: the central difference is 1/2 of the full slope, relu_prime takes 1 (TensorFlow 0); all three are subgradients, none is "the" derivative, for there is none (1 point). (c) At these
# places the gradient by W₁ is multiplied with the pixels, which are 0: whatever F′ is taken, nothing is added; only the biases, whose factor is 1, see it (1 point). (d) No: after the first step b₁ is not 0 any more and the kink is left; and any subgradient is a fair step (1 point for a reason of this kind).
#
# （a）滤波器盖住的像素全是 0，所以 z₁ 恰好等于 0，正好在 ReLU 的折点上（1 分）。（b）只有朝一侧的那一步起作用：中心差分是完整斜率的 1/2，relu_prime 取 1（TensorFlow 取 0）；三者都是次梯度，没有哪个是“真正的”导数，因为导数不存在（1 分）。
# （c）在这些地方，对 W₁ 的梯度要乘以像素，而像素是 0：F′ 取什么都不增加；只有偏置的因子是 1，看得出来（1 分）。（d）无害：走一步之后 b₁ 就不再是 0，离开了折点；何况任何次梯度都是可以走的一步（说出这类理由得 1 分）。
#
# === END MARK SCHEME ===
#

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.7 Training
#
# Momentum, from notebook 2, on every parameter at once: a velocity for each,
#
# $$\mathbf v \leftarrow \mu\, \mathbf v - \eta\, \nabla, \qquad \theta \leftarrow \theta + \mathbf v,$$
#
# starting with $\mathbf v = 0$. One epoch is one walk through all the images in a new random order, `batch_size` of them a step; the last batch may be short. In notebook 2 we took the loss of all rows at the end of each epoch. Here that would cost
# another forward pass through everything, so we note the loss that comes with each gradient, before its step, and take the mean over the *images* of the epoch: a batch of 3 weighs three times as much as a batch of 1.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.7 训练
#
# 用第 2 课的 momentum，所有参数一起走：每个参数有自己的速度，
#
# $$\mathbf v \leftarrow \mu\, \mathbf v - \eta\, \nabla, \qquad \theta \leftarrow \theta + \mathbf v,$$
#
# 从 $\mathbf v = 0$ 开始。一个 epoch 就是按新的随机顺序把全部图像走一遍，每步 `batch_size` 张，最后一批可以短些。第 2 课在每个 epoch 结束时算全部行的损失；在这里，那要把所有图像再向前算一遍。所以我们记下每次求梯度时顺带得到的损失（走这一步之前的），再对这个 epoch 的*图像*求平均：3 张的一批，分量是 1 张的一批的三倍。
#

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 6.** Write `train`. At the end of each epoch it calls `watch(params, losses)`, if there is one, with the parameters reached and the list of losses so far: so whoever calls it can draw a curve, keep a copy or measure an accuracy, and `train` need know nothing of that. The parameters that come in must not be changed.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 6.** 写出 `train`。每个 epoch 结束时，如果给了 `watch`，就调用 `watch(params, losses)`，传入此刻的参数和到目前为止的损失列表：这样，调用者可以画曲线、留副本、量准确率，而 `train` 对这些一无所知。传入的参数不得改动。
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(params, x, y, lr, mu, batch_size, epochs, rng, watch=None):
    """SGD with momentum for every parameter of the network.

    params: as in network_forward, at the start; x: (N, height, width, C), y: (N,) labels;
    lr: η, mu: μ; rng: np.random.Generator that shuffles each epoch;
    watch: called as watch(params, losses) at the end of each epoch, or None.
    Returns (params, losses): the last parameters, a new dictionary of new arrays, and a list of
    one loss an epoch, the mean over its images of the loss before each step.

    >>> params = init_params(np.random.default_rng(0), {"W1": (3, 3, 1, 2), "W2": (3, 3, 2, 2), "W3": (2, 3), "W4": (3, 2)})
    >>> x, y = np.zeros((4, 4, 4, 1)), np.array([1, 0, 1, 1])
    >>> params, losses = train(params, x, y, 1.0, 0.5, 4, 3, np.random.default_rng(1))
    >>> params["b4"].round(3), np.round(losses, 3)  # blank paper: only the share of each class can be learnt
    (array([-0.525,  0.525]), array([0.693, 0.589, 0.562]))
    """
    ### BEGIN SOLUTION
    v = {name: np.zeros(np.shape(value)) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        order, total = rng.permutation(len(y)), 0.0
        for start in range(0, len(y), batch_size):
            index = order[start : start + batch_size]
            loss, grads = network_loss(params, x[index], y[index])
            v = {name: mu * v[name] - lr * grads[name] for name in v}
            params = {name: params[name] + v[name] for name in v}
            total += loss * len(index)
        losses.append(total / len(y))
        if watch is not None:
            watch(params, losses)
    return params, losses
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-train", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
from chainrule.check.mistakes.lenet import small_lenet


def heavy_ball(params, x, y, lr, mu, batch_size, epochs, *_):
    """θ ← θ - η ∇ + μ (θ - θ before), batches in order."""
    now, before, losses = params, params, []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(y), batch_size):
            batch = x[start : start + batch_size], y[start : start + batch_size]
            found = small_lenet.loss_and_gradients(now, *batch)
            now, before = {k: now[k] - lr * found[k] + mu * (now[k] - before[k]) for k in now}, now
            total += len(batch[1]) * found["loss"]
        losses.append(total / len(y))
    return {"losses": losses, **now}


def times_seen(out, epochs):  # η = 1e-4, only b4 moves: what the images of each class added to its bias, in shares
    return np.asarray(out[0]["b4"]) / 1e-4 + epochs / len(out[0]["b4"])


TRAIN = "train(params, x, y, lr, mu, batch_size, epochs, rng, watch) -> {W4, b4, W3, b3, W2, b2, W1, b1}, losses"
sheet = Sheet(TRAIN, train, points=8)
params = some_params(sheet, [(3, 3), (3, 3)], (2, 3), (4, 3), pixels=1)
sheet.values(
    "all images in one batch, four epochs | 全部图像为一批，四个 epoch",
    params,
    sheet.spaced(5, 4, 4, 1),
    np.array([2, 0, 1, 1, 0]),
    0.2,
    0.7,
    5,
    4,
    np.random.default_rng(0),
    expect=heavy_ball,
    weight=2,
)
equal = np.repeat(sheet.spaced(1, 4, 4, 1), 7, axis=0)
sheet.values(
    "7 equal images by 3: three steps an epoch | 7 张相同的图，每批 3 张：每个 epoch 三步",
    params,
    equal,
    np.full(7, 1),
    0.1,
    0.6,
    3,
    2,
    np.random.default_rng(0),
    expect=heavy_ball,
    weight=2,
)
# Units that are silent: the gradient reaches b4 only, and image m has class m, so b4 shows how each image was used.
silent = some_params(sheet, [(3, 3), (3, 3)], (2, 2), (3, 7), pixels=1)
silent |= {"b3": np.full(3, -100.0), "b4": np.zeros(7)}
seven = (silent, sheet.spaced(7, 4, 4, 1), np.arange(7), 1e-4, 0.0, 3, 1)
sheet.holds(
    "every image once in an epoch, the short batch too | 每个 epoch 每张图用一次，短的那批也用",
    *seven,
    np.random.default_rng(1),
    that=lambda out: np.allclose(np.sort(times_seen(out, 3)), [1 / 3] * 6 + [1], atol=0.01),
    why="7 images by 3 are two batches of three and one of one, each image in one of them"
    " | 7 张图每批 3 张，是两批三张和一批一张，每张图恰好在其中一批里",
    diagnosis="images-miscounted",
)
seen = []
sheet.holds(
    "watch is called at the end of each epoch | 每个 epoch 结束时调用 watch",
    params,
    equal,
    np.full(7, 1),
    0.1,
    0.6,
    3,
    3,
    np.random.default_rng(0),
    lambda now, losses: seen.append((np.array(now["b4"]), list(losses))),
    that=lambda out: (
        [len(losses) for _, losses in seen] == [1, 2, 3]
        and np.allclose(seen[-1][0], out[0]["b4"])
        and np.allclose(seen[-1][1], out[1])
        and not np.allclose(seen[0][0], seen[1][0])
    ),
    why="watch(params, losses) must be called once at the end of each epoch, with what has been reached by then"
    " | watch(params, losses) 要在每个 epoch 结束时调用一次，传入此刻的结果",
    diagnosis="watch",
)
### BEGIN HIDDEN TESTS
sheet.hidden()
five = some_params(sheet, [(3, 3), (3, 3)], (2, 2), (3, 5), pixels=1) | {"b3": np.full(3, -100.0), "b4": np.zeros(5)}
sheet.holds(
    "a new order in each epoch | 每个 epoch 顺序都不同",
    five,
    sheet.spaced(5, 4, 4, 1),
    np.arange(5),
    1e-4,
    0.0,
    2,
    14,
    np.random.default_rng(2),
    that=lambda out: np.max(times_seen(out, 42)) < 13.5,  # 14: alone in the short batch each time
    why="the images come in the same order in every epoch; shuffle at the beginning of each"
    " | 每个 epoch 的图像顺序都一样；应在每个 epoch 开始时打乱",
    diagnosis="not-reshuffled",
)
certain = {
    **{f"W{i}": np.array([0.0, 0, 0, 0, 1, 0, 0, 0, 0]).reshape(3, 3, 1, 1) for i in (1, 2)},
    **{f"b{i}": np.zeros(1) for i in (1, 2, 3)},
    "W3": np.ones((1, 1)),
    "W4": np.array([[0.0, 2000.0]]),
    "b4": np.array([0.0, -1000.0]),
}
bright = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1])
sheet.holds(
    "each image keeps its label: a perfect network stays | 图像和标签不拆散：完美的网络不动",
    certain,
    np.ones((11, 4, 4, 1)) * bright[:, None, None, None],
    bright,
    0.1,
    0.5,
    4,
    3,
    np.random.default_rng(3),
    that=lambda out: not np.any(out[1]) and np.array_equal(out[0]["W4"], certain["W4"]),
    why="x and y are shuffled apart | x 和 y 没有用同一个顺序打乱",
    diagnosis="rows-apart",
)
images, labels, ends = sheet.spaced(11, 4, 6, 1), np.arange(11) % 3, []
for seed in (4, 5):
    sheet.holds(
        "the order comes from rng | 顺序来自 rng",
        params,
        images,
        labels,
        0.1,
        0.5,
        4,
        2,
        np.random.default_rng(seed),
        that=lambda out: ends.append(out[0]["b4"]) or len(ends) < 2 or not np.allclose(*ends, rtol=1e-9, atol=0),
        why="two different generators give the same result | 两个不同的生成器给出同样的结果",
        diagnosis="generator-ignored",
        weight=0.5,
    )
sheet.values(
    "equal images one by one, three epochs | 相同的图像一张一张走，三个 epoch",
    params,
    equal[:3],
    np.full(3, 2),
    0.05,
    0.8,
    1,
    3,
    np.random.default_rng(6),
    None,
    expect=heavy_ball,
)
sheet.values(
    "no momentum, another rate | 没有动量，另一个学习率",
    params,
    images,
    labels,
    0.4,
    0.0,
    20,
    2,
    np.random.default_rng(7),
    expect=heavy_ball,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Let it read
#
# 1197 digits to learn from, 300 to watch while it learns (validation), 300 that nothing is decided by (test). Twenty epochs; `watch` keeps the parameters of every epoch and draws. **At least 96 % of the test digits should be right.** If yours stays below, something above is not what it should be.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 让它来读
#
# 1197 个数字用来学，300 个在学的时候看着（验证集），300 个不参与任何决定（测试集）。二十个 epoch；`watch` 保存每个 epoch 的参数并画图。**测试集上应当至少读对 96 %**。如果你的达不到，上面必有什么地方不对。
#


# %% slideshow={"slide_type": "fragment"}
def share_right(params, x, y):
    return float(np.mean(network_forward(params, x)[0].argmax(axis=1) == y))


EPOCHS = 20
snapshots, trained = [], None
with when_done():
    rng = np.random.default_rng(1)
    first = init_params(rng, SIZES)
    snapshots.append(first)
    live = Live(EPOCHS, {"loss": "loss | 损失", "validation": "validation loss | 验证损失"}, log=True)

    def keep_and_draw(params, losses):
        snapshots.append(params)
        live.add(loss=losses[-1], validation=cross_entropy(network_forward(params, x_val)[0], y_val)[0])

    start = time.perf_counter()
    trained, losses = train(first, x_train, y_train, 0.02, 0.9, 32, EPOCHS, rng, keep_and_draw)
    right = share_right(trained, x_test, y_test)
    error = np.sqrt(right * (1 - right) / len(y_test))
    print(f"{time.perf_counter() - start:.0f} s; test digits right: {right:.1%}, give or take {error:.1%}")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The "give or take" is a standard deviation: had one drawn other 300 digits, the share $r$ would have come out differently, by about $\sqrt{r (1 - r) / 300}$. So don't believe anybody (yourself, for instance) who calls one network better than another because of half a per cent on 300 images. Which digits go wrong, and would you have known?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# “give or take” 后面是标准差：假如抽到的是另外 300 个数字，读对的比例 $r$ 就会不同，相差大约 $\sqrt{r (1 - r) / 300}$。所以，谁（包括你自己）要是凭 300 张图上的半个百分点就说一个网络比另一个好，都不要信。读错的是哪些数字？换了你，认得出来吗？
#

# %% slideshow={"slide_type": "fragment"}
with when_done():
    answers = network_forward(trained, x_test)[0].argmax(axis=1)
    show(confusion(y_test, answers, 10), alt="which digit is taken for which | 哪个数字被当成了哪个")
    wrong = np.flatnonzero(answers != y_test)[:10]
    if len(wrong):
        show(
            pictures(x_test[wrong, :, :, 0], [f"{y_test[m]} → {answers[m]}" for m in wrong]),
            alt="digits that were misread, true label → answer | 读错的数字，正确标签 → 答案",
        )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.8 What it has learnt
#
# One test digit on its way through your network, at any epoch: the filters of layer 1 above the maps that they make, layer 2 below them, and at the right $p(y|x, \theta)$. Epoch 0 is the random start. Which filters become edge detectors? Which maps fall silent?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.8 它学到了什么
#
# 一个测试数字在任意一个 epoch 穿过你的网络：第一层的滤波器，下面是它们产生的特征图，再下面是第二层，右边是 $p(y|x, \theta)$。第 0 个 epoch 是随机的起点。哪些滤波器变成了边缘检测器？哪些特征图沉默了？
#


# %% slideshow={"slide_type": "fragment"}
def at_work(digit, epoch):
    params = snapshots[epoch]
    z, states = network_forward(params, x_test[digit : digit + 1])
    shares = np.exp(z[0] - z[0].max())
    title = f"epoch {epoch}, test digit {digit}: {y_test[digit]}"
    maps = states["a1"][0], states["a2"][0]
    return inside(x_test[digit, :, :, 0], params["W1"][:, :, 0], *maps, shares / shares.sum(), title)


explorer = None
with when_done():
    at_work(digit=0, epoch=0)
    explorer = explore(
        at_work,
        {"digit": "test digit | 测试数字", "epoch": "epoch"},
        digit=(0, 299, 1, 7),
        epoch=(0, len(snapshots) - 1, 1, len(snapshots) - 1),
    )
explorer

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Layer 1.** For each map its filter, then the patches of the test digits that it answers most strongly. Dark ink stands where the filter is red, paper where it is blue.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **第一层。** 每个特征图先画滤波器，再画测试数字中使它响应最强的小块。滤波器红的地方是墨，蓝的地方是白纸。
#

# %% slideshow={"slide_type": "fragment"}
with when_done():
    states = network_forward(trained, x_test)[1]
    framed = zero_pad(x_test, 1, 1)[:, :, :, 0]
    show(
        what_maps_like(strongest_patches(framed, states["a1"]), trained["W1"][:, :, 0]),
        alt="filters of layer 1 beside the patches that they answer | 第一层的滤波器和它们响应的小块",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Layer 2.** A pixel of $a_2$ sees 3 × 3 pixels of $p_1$, these see 6 × 6 of $a_1$, and those 8 × 8 of the image: nearly all of it. So the patches are whole digits, a row for each of the first eight maps. Some like one class, some a stroke that several classes share.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **第二层。** $a_2$ 的一个像素看到 $p_1$ 的 3 × 3 个像素，它们看到 $a_1$ 的 6 × 6 个，再看到图像的 8 × 8 个：差不多是整张图。所以小块就是整个数字，前八个特征图各占一行。有的偏爱某一类，有的偏爱几类共有的一笔。
#

# %% slideshow={"slide_type": "fragment"}
with when_done():
    strength = states["a2"].max(axis=(1, 2))
    favourites = np.argsort(-strength, axis=0)[:9, :8].T
    show(
        what_maps_like(x_test[favourites, :, :, 0]),
        alt="digits that each map of layer 2 answers | 第二层各特征图响应的数字",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### A challenge: what does it dream of?
#
# `network_backward` also returns $\partial \mathcal C / \partial x$, which training throws away. It says how each *pixel* would have to change. Turn it round: keep the parameters, start from grey paper, and walk *uphill* on the score of one class,
#
# $$x \leftarrow \text{clip}_{[0, 1]}\Big(x + \eta\, \frac{\partial z_k / \partial x}{\max |\partial z_k / \partial x|}\Big),$$
#
# and you see what the network takes for the best 3 in the world. Not graded. Which `delta` gives $\partial z_k / \partial x$?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 挑战：它梦见了什么？
#
# `network_backward` 还返回 $\partial \mathcal C / \partial x$，训练时用不着它。它说的是每个*像素*该怎样变。反过来用：参数不动，从灰纸出发，沿着某一类的得分*往上*走，
#
# $$x \leftarrow \text{clip}_{[0, 1]}\Big(x + \eta\, \frac{\partial z_k / \partial x}{\max |\partial z_k / \partial x|}\Big),$$
#
# 就看到这个网络心目中世上最好的 3 是什么样子。不计分。取怎样的 `delta`，得到的就是 $\partial z_k / \partial x$？
#


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "dream", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dream(params, x, k, steps, lr):
    """Images that walk uphill on a score each.

    params: as in network_forward; x: (M, height, width, C), from 0 to 1; k: (M,) classes;
    steps: how many; lr: the most that a pixel changes in one step.
    Returns images of the shape of x, from 0 to 1.
    """
    ### BEGIN SOLUTION
    for _ in range(steps):
        z, states = network_forward(params, x)
        dx, _ = network_backward(params, x, states, np.eye(z.shape[1])[k])
        x = np.clip(x + lr * dx / (np.abs(dx).max(axis=(1, 2, 3), keepdims=True) + 1e-12), 0, 1)
    return x
    ### END SOLUTION


# %% slideshow={"slide_type": "fragment"}
def dreams(steps):
    x = dream(trained, np.full((10, 8, 8, 1), 0.5), np.arange(10), steps, 0.05)
    z = network_forward(trained, x)[0]
    top = z.max(axis=1)
    shares = np.exp(np.diag(z) - top) / np.exp(z - top[:, None]).sum(axis=1)
    return pictures(x[:, :, :, 0], [f"{k}: {share:.0%}" for k, share in enumerate(shares)])


dreamer = None
with when_done():
    dreams(0)
    dreamer = explore(dreams, {"steps": "steps | 步数"}, steps=(0, 60, 1, 40))
dreamer

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# It is certain of every one of them, and few look like a digit. The network has learnt to tell ten kinds of digits apart, which is less than knowing what a digit is: on images unlike all those that it has seen, "99 %" means nothing. Start `dream` from a real digit with another class and a small `lr`: how few steps until a 3 that everybody can read is called an 8? (Goodfellow, Shlens & Szegedy 2015.)
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 对每一张它都很有把握，可像数字的没有几张。网络学会的是把十种数字分开，这比知道什么是数字要少：面对与见过的都不相像的图像，“99 %” 毫无意义。让 `dream` 从一个真实的数字出发，换一个类别，`lr` 取小些：走几步之后，一个谁都认得出的 3 就会被叫作 8？（Goodfellow、Shlens 与 Szegedy，2015。）
#

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.9 The same network in compiled code
#
# Your functions do what TensorFlow does, but each `@` and each `+=` walks through memory once more. The course's package has the same layers with the loops compiled by Numba, where one pass does it all. Same parameters, same batch: do they agree, and how much faster is it here, on your computer? The compiled code gets one core: a batch as small as this is done before a second one has woken up. The runs take turns, so that whatever else the computer does hits all of them, and the quickest of each counts: a disturbance only ever adds time.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.9 同一个网络，编译好的代码
#
# 你写的函数和 TensorFlow 做的是一样的事，只是每个 `@`、每个 `+=` 都要在内存里再走一遍。课程的程序包里有同样的各层，循环由 Numba 编译，一遍就做完。同样的参数，同样的一批：结果一致吗？在你的计算机上快多少？编译好的代码只用一个核：这样小的一批，第二个核还没醒来就算完了。几种做法轮流运行，这样计算机上别的活动对谁都一样；各取最快的一次，因为干扰只会使时间变长。
#

# %% slideshow={"slide_type": "skip"}
import numba

from chainrule.layers import Conv2D, Dense, Flatten, MaxPool2D
from chainrule.nets import Sequential

LAYERS = {"1": "conv1", "2": "conv2", "3": "dense1", "4": "dense2"}


def on_the_kernels(params, dtype):
    """Your network as layers of the package, with copies of its parameters."""
    options = {"rng": np.random.default_rng(0), "dtype": dtype}
    (R, S, C, K1), K2, (D, H), K = params["W1"].shape, params["W2"].shape[3], params["W3"].shape, params["W4"].shape[1]
    net = Sequential(
        [
            Conv2D(C, K1, (R, S), padding="SAME", activation="relu", **options),
            MaxPool2D(2),
            Conv2D(K1, K2, params["W2"].shape[:2], padding="SAME", activation="relu", **options),
            MaxPool2D(2),
            Flatten(),
            Dense(D, H, activation="relu", **options),
            Dense(H, K, **options),
        ]
    )
    for name, value in params.items():
        net.params[f"{LAYERS[name[1]]}.{name[0]}"][...] = value
    return net


# %% slideshow={"slide_type": "fragment"}
def quickest(runs, rounds=15):
    """Quickest run of each in milliseconds. They take turns of six; the first of all may have to compile."""
    times = {name: [] for name in runs}
    for name in list(runs) * rounds:
        time.sleep(0.002)
        for _ in range(6):
            start = time.perf_counter()
            runs[name]()
            times[name].append(1e3 * (time.perf_counter() - start))
    return {name: min(found) for name, found in times.items()}


with when_done():
    some, labels = x_train[:64], y_train[:64]
    nets = {dtype: on_the_kernels(trained, dtype) for dtype in (np.float64, np.float32)}
    (loss, grads), (loss_k, grads_k) = network_loss(trained, some, labels), nets[np.float64].loss(some, labels)
    gaps = [np.abs(grads[name] - grads_k[f"{LAYERS[name[1]]}.{name[0]}"]).max() for name in grads]
    print(f"losses {loss:.6f} and {loss_k:.6f}; largest difference of a gradient {max(gaps):.0e}")
    small = some.astype(np.float32)
    threads = numba.get_num_threads()
    numba.set_num_threads(1)
    taken = quickest(
        {
            "your network, float64": lambda: network_loss(trained, some, labels),
            "compiled, float64": lambda: nets[np.float64].loss(some, labels),
            "compiled, float32": lambda: nets[np.float32].loss(small, labels),
        }
    )
    numba.set_num_threads(threads)
    for name, ms in taken.items():
        print(f"{name:22} {ms:6.2f} ms for 64 digits   {taken['your network, float64'] / ms:5.1f} times as fast")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Where F′ is taken at exactly 0 the two may differ: your `relu_prime(0)` is the notes' 1, the package's layers take TensorFlow's 0. After training no $z$ is exactly 0, so the gradients agree to the last digits.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# F′ 恰好取在 0 处时，两者可能不同：你的 `relu_prime(0)` 是讲义的 1，程序包的层取 TensorFlow 的 0。训练之后没有哪个 $z$ 恰好是 0，所以梯度一致到最后几位。
#

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 7.10 Real data: MNIST and CIFAR-10
#
# If you have the files, put them into folders beside this notebook, and the cell below uses them. Nothing is downloaded.
#
# * `mnist/` with `train-images-idx3-ubyte` and `train-labels-idx1-ubyte` (packed as `.gz` or not);
# * `cifar-10-batches-bin/` with `data_batch_1.bin`, from CIFAR-10's *binary version*.
#
# Without them the cell writes small files in the same formats, from our digits and the photograph of notebook 3, and reads those. IDX, MNIST's format, is simple enough to write in one line: two zero bytes, a code for the kind of number, the number of axes, the sizes, then the numbers, the last axis fastest.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 7.10 真实数据：MNIST 与 CIFAR-10
#
# 如果你手上有这些文件，把它们放进本笔记本旁边的文件夹，下面的单元格就会使用它们。什么都不会下载。
#
# * `mnist/`：`train-images-idx3-ubyte` 和 `train-labels-idx1-ubyte`（压缩成 `.gz` 也行）；
# * `cifar-10-batches-bin/`：`data_batch_1.bin`，来自 CIFAR-10 的*二进制版*。
#
# 没有的话，单元格会用我们的数字和第 3 课的照片写出同样格式的小文件，再读进来。MNIST 的格式 IDX 很简单，一行就能写出来：两个零字节、数字类型的代码、轴的个数、各轴的长度，然后是所有的数，最后一个轴变化最快。
#


# %% slideshow={"slide_type": "fragment"}
def idx(array):
    """An array of bytes in MNIST's format."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">i4").tobytes() + array.astype(np.uint8).tobytes()


def sample_files(folder):
    """Small files in the formats of MNIST and CIFAR-10: digits enlarged to 28 × 28, pieces of a photograph."""
    x, y = digits("all")
    large = np.pad(np.kron(255 * x, np.ones((1, 3, 3))), ((0, 0), (2, 2), (2, 2)))
    (folder / "train-images-idx3-ubyte").write_bytes(idx(large))
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(y))
    photograph = (255 * hopper()).astype(np.uint8)
    pieces = [photograph[i : i + 32, j : j + 32] for i in (0, 40, 80) for j in (0, 30, 60)]
    records = [bytes([m]) + piece.transpose(2, 0, 1).tobytes() for m, piece in enumerate(pieces)]
    (folder / "data_batch_1.bin").write_bytes(b"".join(records))


def found(folder, pattern, otherwise):
    """The file in a folder, or the small one."""
    return next(iter(sorted(Path(folder).glob(pattern))), None) or next(otherwise.glob(pattern))


with TemporaryDirectory() as made:
    sample_files(Path(made))
    files = {
        "images": found("mnist", "train-images?idx3-ubyte*", Path(made)),
        "labels": found("mnist", "train-labels?idx1-ubyte*", Path(made)),
        "cifar": found("cifar-10-batches-bin", "data_batch_1.bin", Path(made)),
    }
    x_mnist, y_mnist = read_idx(files["images"]), read_idx(files["labels"]).astype(np.int64)
    x_cifar, y_cifar = read_cifar10(files["cifar"])
print(
    "MNIST ",
    x_mnist.shape,
    x_mnist.dtype,
    y_mnist[:10],
    "" if files["images"].parent.name == "mnist" else "(made here)",
)
print(
    "CIFAR ",
    x_cifar.shape,
    x_cifar.dtype,
    y_cifar[:10],
    "" if files["cifar"].parent.name[:5] == "cifar" else "(made here)",
)
show(pictures(x_mnist[:10], list(y_mnist[:10])), alt="ten digits of 28 × 28 pixels | 十个 28 × 28 像素的数字")
show(
    side_by_side({str(label): image / 255 for image, label in zip(x_cifar[:5], y_cifar[:5])}),
    alt="five colour images of 32 × 32 pixels | 五张 32 × 32 像素的彩色图像",
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# And LeNet-5 as in the paper, but with ReLU and max pooling, on these 28 × 28 pixels: 61 706 parameters. One walk through at most 10 000 images, the last sixth kept aside. The weights of the first layer see 5 × 5 pixels now: do its filters still look for edges?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 再用论文里的 LeNet-5（换成 ReLU 和最大池化）来读这些 28 × 28 的像素：61 706 个参数。最多取 10 000 张图走一遍，留出最后六分之一。第一层的权重现在看 5 × 5 个像素：它的滤波器还在找边缘吗？
#

# %% slideshow={"slide_type": "fragment"}
x_large, y_large = x_mnist[:10_000, :, :, None] / np.float32(255), y_mnist[:10_000]
cut = 5 * len(x_large) // 6
net = lenet5(np.random.default_rng(0))
history = fit(net, x_large[:cut], y_large[:cut], optimizer=Optimizer("adam", lr=0.002), epochs=2, seed=0)
print(
    f"{sum(history.wall_s):.1f} s; {evaluate(net, x_large[cut:], y_large[cut:])[1]:.1%} of {len(y_large) - cut} images right"
)
show(
    pictures(np.moveaxis(net.params["conv1.W"][:, :, 0], 2, 0), signed=True),
    alt="the six filters of LeNet-5's first layer | LeNet-5 第一层的六个滤波器",
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** LeNet-5 here: image 28 × 28 × 1, convolution 5 × 5 with "SAME" zeros to 6 maps, pool 2 × 2, convolution 5 × 5 without zeros to 16 maps, pool 2 × 2, dense 400 → 120 → 84 → 10. (a) Count the parameters of each of the five layers that have some. (b) Count the multiplications that one image costs in each. (c) Where are
# the parameters, and where is the time? (d) Somebody has images of 56 × 56. Which of your numbers change, and by what factor, if only the first dense layer is adapted?
#

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 这里的 LeNet-5：图像 28 × 28 × 1；5 × 5 卷积，“SAME” 补零，6 个特征图；2 × 2 池化；5 × 5 卷积，不补零，16 个特征图；2 × 2 池化；全连接 400 → 120 → 84 → 10。（a）有参数的五层各有多少个参数？（b）一张图在这五层各要做多少次乘法？（c）参数主要在哪里，时间主要花在哪里？（d）有人的图像是 56 × 56。如果只改第一个全连接层，哪些数会变，变成几倍？
#

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-count", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) 5·5·1·6 + 6 = 156; 5·5·6·16 + 16 = 2416; 400·120 + 120 = 48 120; 120·84 + 84 = 10 164; 84·10 + 10 = 850; together 61 706 (1 point). (b) 28·28·6·25 = 117 600; 10·10·16·150 = 240 000; 48 000; 10 080; 840 (1 point). (c) 96 % of the parameters are in the dense layers, 86 % of the multiplications in the two convolutions:
# a shared weight is used at every place (1 point). (d) The convolutions keep their parameters (1 point); the first one's multiplications grow by 4, the second's by 5.76 (24 × 24 places for 10 × 10); the first dense layer gets 12·12·16 = 2304 inputs, 5.76 times as many weights and multiplications; the other two stay (1 point).
#
# （a）5·5·1·6 + 6 = 156；5·5·6·16 + 16 = 2416；400·120 + 120 = 48 120；120·84 + 84 = 10 164；84·10 + 10 = 850；共 61 706（1 分）。（b）28·28·6·25 = 117 600；10·10·16·150 = 240 000；48 000；10 080；840（1 分）。
# （c）参数的 96 % 在全连接层，乘法的 86 % 在两个卷积层：共享的权重在每个位置都要用一遍（1 分）。（d）卷积层的参数不变（1 分）；第一个卷积的乘法变成 4 倍，第二个 5.76 倍（10 × 10 个位置变成 24 × 24）；第一个全连接层有 12·12·16 = 2304 个输入，权重和乘法都是 5.76 倍；其余两层不变（1 分）。
#
# === END MARK SCHEME ===
#

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Further reading
#
# * Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", *Proceedings of the IEEE* 86, 1998. Section II: why convolutions, and LeNet-5 layer by layer.
# * K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", *ICCV* 2015. Section 2.2: the $\sqrt{2/n}$ of 7.2, forwards and backwards.
# * M. Zeiler, R. Fergus, "Visualizing and understanding convolutional networks", *ECCV* 2014. Figure 2: what maps answer.
# * K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks", 2014, arXiv:1312.6034. Section 2: images that maximise a score.
# * I. Goodfellow, J. Shlens, C. Szegedy, "Explaining and harnessing adversarial examples", *ICLR* 2015. Section 3.
# * A. Karpathy, "A recipe for training neural networks", 2019. What to check before you train, and in which order.
#

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 延伸阅读
#
# * Y. LeCun, L. Bottou, Y. Bengio, P. Haffner，“Gradient-based learning applied to document recognition”，*Proceedings of the IEEE* 86，1998。第 II 节：为什么用卷积，以及 LeNet-5 的每一层。
# * K. He, X. Zhang, S. Ren, J. Sun，“Delving deep into rectifiers”，*ICCV* 2015。2.2 节：7.2 节的 $\sqrt{2/n}$，向前和向后。
# * M. Zeiler, R. Fergus，“Visualizing and understanding convolutional networks”，*ECCV* 2014。图 2：特征图对什么有反应。
# * K. Simonyan, A. Vedaldi, A. Zisserman，“Deep inside convolutional networks”，2014，arXiv:1312.6034。第 2 节：使得分最大的图像。
# * I. Goodfellow, J. Shlens, C. Szegedy，“Explaining and harnessing adversarial examples”，*ICLR* 2015。第 3 节。
# * A. Karpathy，“A recipe for training neural networks”，2019。训练之前该检查什么，按什么顺序。
#
