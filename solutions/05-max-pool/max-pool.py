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
#
# A convolution answers for every place of the picture: here is an edge, and here, and here. Often it is enough to know *that* there is an edge near
# here. A max-pool layer looks at a handful of activations and passes on the largest. It has no weights, so there is nothing to learn in it; but δ has to
# get back through it, and that is where most home-made networks go wrong.
#
# By the end of this notebook you can
#
# * say what a max-pool layer computes for any choice of sampling pools, and for windows with any size and stride;
# * derive which units of the layer below get a δ, and program it, overlapping pools and ties included;
# * tell where the notes' formula has a slip, by a run that shows it;
# * do the same for average pooling, and say what either of them leaves of a shift of the picture.
#
# You need the δ of notebook 4 and the windows of notebook 3. Plan 60 to 90 minutes. All arrays are floating, images are NHWC; a *pair* is always (vertical, horizontal).

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 5. 最大池化层
#
# 卷积对图上每一处都给出回答：这里有边缘，这里也有，那里还有。很多时候只要知道这附近*有*边缘就够了。最大池化层看几个激活值，把最大的那个传下去。它没有权重，所以没有什么可学；但 δ 必须穿过它往回传，自己写的网络多半就错在这里。
#
# 学完这一课，你能够
#
# * 对任意的采样池，以及任意大小和步长的窗口，说出最大池化层算的是什么；
# * 推导出下面一层哪些单元得到 δ，并写成程序，包括池互相重叠和并列最大的情形；
# * 用一次运行指出讲义的公式哪里有笔误；
# * 对平均池化做同样的事，并说出图像平移之后，两种池化各留下多少变化。
#
# 需要第 4 课的 δ 和第 3 课的窗口。大约 60 到 90 分钟。所有数组都是浮点数组，图像是 NHWC；凡是*一对*数，顺序总是（竖直，水平）。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule import ops
from chainrule.check import Sheet, when_done
from chainrule.gradcheck import numerical_gradient


# %% slideshow={"slide_type": "skip"}
from chainrule.data import hopper
from chainrule.viz import explore, pool_graph, pool_routing, shift_and_pool, show, side_by_side

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 5.1 Sampling pools
#
# Let the step from layer $l-1$ to layer $l$ be a max pool. For each sample $m$, neuron $i$ of layer $l$ has a *sampling pool* in layer $l-1$, written
# $\text{pool}(\mathcal{A}_m^{(l-1)}, i)$. The notes' example: neuron 7 is to be the maximum of units 2, 3, 5 and 8, so
#
# $$\text{pool}(\mathcal{A}_m^{(l-1)}, 7) \equiv \{a_{m2}^{(l-1)}, a_{m3}^{(l-1)}, a_{m5}^{(l-1)}, a_{m8}^{(l-1)}\},$$
#
# $$a_{m7}^{(l)} = \max(\{a_{m2}^{(l-1)}, a_{m3}^{(l-1)}, a_{m5}^{(l-1)}, a_{m8}^{(l-1)}\}) \equiv \max \text{pool}(\cdot).$$
#
# The pools are part of the architecture and the same for all samples. They may have different sizes, they may overlap, and a unit may be in none. *Which* unit is the largest is
# another question for every sample. The notes count units from 1, Python from 0: their pool is `[1, 2, 4, 7]`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 5.1 采样池
#
# 设由 $l-1$ 层向 $l$ 层的运算是 max pool。对每个 sample $m$，$l$ 层的第 $i$ 个神经元在 $l-1$ 层有一个“采样池”，记为 $\text{pool}(\mathcal{A}_m^{(l-1)}, i)$。讲义的例子：第 7 个神经元取第 2、3、5、8 个神经元输出值中的最大值，则
#
# $$\text{pool}(\mathcal{A}_m^{(l-1)}, 7) \equiv \{a_{m2}^{(l-1)}, a_{m3}^{(l-1)}, a_{m5}^{(l-1)}, a_{m8}^{(l-1)}\},$$
#
# $$a_{m7}^{(l)} = \max(\{a_{m2}^{(l-1)}, a_{m3}^{(l-1)}, a_{m5}^{(l-1)}, a_{m8}^{(l-1)}\}) \equiv \max \text{pool}(\cdot).$$
#
# 采样池是网络结构的一部分，对所有 sample 都一样。它们可以大小不同，可以重叠，也可以有单元不在任何池里。而*哪个*单元最大，每个 sample 各不相同。讲义从 1 开始编号，Python 从 0 开始：讲义的这个池写成 `[1, 2, 4, 7]`。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `pool_forward` for any pools.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 对任意的采样池写出 `pool_forward`。


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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 5.2 Which way δ goes back
#
# Nothing is fitted in this layer, δ only passes through. The recursion of notebook 4, with $f_j = \max \text{pool}(\cdot, j)$:
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \frac{\partial \max \text{pool}(\mathcal{A}_m^{(l-1)}, j)}{\partial a_{mi}^{(l-1)}} = \sum_{[j]} \delta_{mj}^{(l)}$$
#
# Why does the derivative vanish from the right hand side? Move one unit of a pool a little. If it is the largest, the maximum moves with it: slope 1. If it is not, nothing
# happens: slope 0. So $\sum_{[j]}$ runs over just those pools that unit $i$ *wins*, and unit $i$ collects the δ of all of them. Move the sliders: orange lines lead to the winners; on the right is one maximum as a function of one
# unit.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 5.2 δ 从哪条路回去
#
# 这一层没有参数需要拟合，δ 只是穿过去。第 4 课的递推，取 $f_j = \max \text{pool}(\cdot, j)$：
#
# $$\delta_{mi}^{(l-1)} = \sum_{j=1}^{N_l} \delta_{mj}^{(l)} \frac{\partial \max \text{pool}(\mathcal{A}_m^{(l-1)}, j)}{\partial a_{mi}^{(l-1)}} = \sum_{[j]} \delta_{mj}^{(l)}$$
#
# 右边的导数为什么不见了？把池中的一个单元稍微动一动。如果它最大，最大值跟着它动：斜率为 1；如果不是，什么也不变：斜率为 0。所以 $\sum_{[j]}$ 只对单元 $i$ *获胜*的那些池求和，它把这些池的 δ 都收下。拖动滑块：橙色的线通向胜者；右图是一个最大值随一个单元变化的样子。

# %% slideshow={"slide_type": "fragment"}
explore(
    lambda chosen, moved, value: pool_graph(
        np.where(np.arange(8) == moved - 1, value, [3.0, 0.5, -0.5, 1.0, 0.2, 0.7, 2.0, 0.3]),
        [[1, 2, 4, 7], [0, 1, 3], [3, 6], [5, 6, 7]],
        [1.0, 10.0, 100.0, 1000.0],
        chosen - 1,
        moved - 1,
    ),
    {
        "chosen": "pool of neuron | 神经元的采样池",
        "moved": "unit that moves | 移动的单元",
        "value": "its activation | 它的激活值",
    },
    chosen=(1, 4, 1, 1),
    moved=(1, 8, 1, 2),
    value=(-3.0, 3.0, 0.5, 0.5),
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### Two things that the notes leave open
#
# **The condition.** The notes sum over the $j$ with $\max \text{pool}(\mathcal{A}_m^{(l-1)}, j) = a_{mi}^{(l)}$. Unit $i$ lives in layer $l-1$, so it must read
#
# $$\max \text{pool}(\mathcal{A}_m^{(l-1)}, j) = a_{mi}^{(l-1)} \quad \text{and } i \text{ belongs to pool } j.$$
#
# Taken at its word, the printed condition compares with a unit of another layer, which need not even exist. And without the second half, a unit *outside* of a pool that happens to have the same value would get a δ as well.
#
# **Ties.** Two units of a pool may both be the largest; behind a ReLU whole pools are 0. The maximum has a kink there and no derivative, so somebody has to decide.
# Here **the unit that its pool lists first wins** and gets the whole δ, as in TensorFlow, PyTorch and JAX. The cell below lets a δ of 1 go back from each of three pools under four conditions, on one row with ties; Σ is what arrives.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 讲义留下的两个问题
#
# **条件。** 讲义对满足 $\max \text{pool}(\mathcal{A}_m^{(l-1)}, j) = a_{mi}^{(l)}$ 的角标 $j$ 求和。但单元 $i$ 在 $l-1$ 层，所以应当是
#
# $$\max \text{pool}(\mathcal{A}_m^{(l-1)}, j) = a_{mi}^{(l-1)}，\quad \text{并且 } i \text{ 在第 } j \text{ 个池里}。$$
#
# 照字面理解，讲义的条件是和另一层的单元比较，而那个单元甚至可能不存在。没有后半句，池*外*一个数值碰巧相同的单元也会得到 δ。
#
# **并列。** 一个池里可能有两个单元同为最大；ReLU 之后，整个池可能都是 0。最大值在那里有折角，没有导数，所以得有人来定规矩。本课规定：**在池里列在最前面的单元获胜**，得到全部的 δ；TensorFlow、PyTorch 和 JAX 也是这样。下面让三个池各传回 δ = 1，在有并列的一行上比较四种条件；Σ 是收到的总和。

# %% slideshow={"slide_type": "fragment"}
row, pools = np.array([0.0, 2.0, 2.0, 1.0, 2.0]), [[0, 1, 2], [2, 3], [3, 4]]


def by_condition(condition):
    """δ of each unit when a δ of 1 goes to every unit that fulfils the condition for a pool."""
    return np.array([float(sum(condition(i, pool) for pool in pools)) for i in range(len(row))])


rules = {
    "max pool(j) = aᵢ⁽ˡ⁾": by_condition(lambda i, pool: i < len(pools) and row[pool].max() == row[pools[i]].max()),
    "max pool(j) = aᵢ⁽ˡ⁻¹⁾": by_condition(lambda i, pool: row[pool].max() == row[i]),
    "max pool(j) = aᵢ⁽ˡ⁻¹⁾,  i ∈ pool(j)": by_condition(lambda i, pool: i in pool and row[pool].max() == row[i]),
    "i = argmax pool(j)": by_condition(lambda i, pool: i == pool[row[pool].argmax()]),
}
print(f"δ⁽ˡ⁾   = {np.ones(len(pools))}        Σ = {len(pools)}")
for condition, found in rules.items():
    print(f"δ⁽ˡ⁻¹⁾ = {found}  Σ = {found.sum():g}   {condition}")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Only the last condition hands down exactly as much δ as came in: each pool has one winner.
#
# **Exercise 2.** Write `pool_backward`. Units may win several pools: add, do not overwrite.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 只有最后一个条件传下去的 δ 与进来的一样多：每个池恰有一个胜者。
#
# **练习 2.** 写出 `pool_backward`。一个单元可能赢得几个池：要相加，不要覆盖。


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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 5.3 Windows
#
# In a convolutional network a unit is a pixel of a feature map, and its pools are windows: $R \times S$ pixels, moved by a stride $(v, h)$, every channel by itself. Windows that do not fit entirely are left out, so
#
# $$P = \left\lfloor \frac{H - R}{v} \right\rfloor + 1, \qquad Q = \left\lfloor \frac{W - S}{h} \right\rfloor + 1.$$
#
# This is the same layer as before, only that the lists of units follow a rule; no new mathematics. To go back, one has to know who won. `max_pool` therefore returns the winner too, as its row-major number in the window: row $r$, column $s$ is number $r \cdot S + s$.
# In a tie the smallest number wins, which is again "the first".

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 5.3 窗口
#
# 在卷积网络里，一个单元是特征图上的一个像素，采样池是窗口：$R \times S$ 个像素，以步长 $(v, h)$ 移动，每个通道各算各的。放不下的窗口不算，所以
#
# $$P = \left\lfloor \frac{H - R}{v} \right\rfloor + 1, \qquad Q = \left\lfloor \frac{W - S}{h} \right\rfloor + 1.$$
#
# 这还是前面的那一层，只是各个池的单元按规律列出；没有新的数学。往回传时必须知道谁赢了，所以 `max_pool` 也返回胜者，即它在窗口内按行数的序号：第 $r$ 行第 $s$ 列是 $r \cdot S + s$。并列时序号最小的获胜，也就是“第一个”。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 3.** Write `max_pool`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 3.** 写出 `max_pool`。


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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### δ through windows, step by step
#
# Each window sends its δ (1, 2, 3, … here) to one pixel. Step through the windows; then let them overlap (a stride smaller than the window) and watch a pixel collect several. The picture has ties: change the rule
# and look at the sums. A title turns red where δ was lost or made up.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### δ 穿过窗口，一步一步看
#
# 每个窗口把自己的 δ（这里是 1、2、3……）送给一个像素。逐个窗口往前走；然后让窗口重叠（步长小于窗口），看一个像素怎样收到好几个 δ。图中有并列：换一条规则，看看总和。
# δ 有丢失或凭空多出来时，标题变红。

# %% slideshow={"slide_type": "fragment"}
TIES = np.array([[1.0, 3, 3, 0, 2], [0.0, 3, 1, 4, 2], [5.0, 0, 0, 4, 4], [5.0, 5, 0, 0, 1]])

explore(
    lambda route, size, stride, position: pool_routing(TIES, size, stride, position, route),
    {
        "route": "rule | 规则",
        "size": "window | 窗口",
        "stride": "stride | 步长",
        "position": "position | 位置",
    },
    route={
        "first": "the first maximum | 第一个最大值",
        "every": "every maximum, in full | 每个最大值都得全部",
        "shared": "the maxima share | 最大值平分",
        "mean": "average pooling | 平均池化",
    },
    size={(2, 2): "2×2", (3, 2): "3×2", (2, 3): "2×3"},
    stride={(2, 2): "(2, 2)", (1, 1): "(1, 1)", (1, 2): "(1, 2)", (2, 1): "(2, 1)"},
    position=(0, 11, 1, 3),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 4.** Write `max_pool_backward`: `winner` says where in its window each δ belongs.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 4.** 写出 `max_pool_backward`：`winner` 说明每个 δ 属于窗口里的哪个像素。


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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# ### The two are one
#
# With your four functions: a pool for each window, written out as lists of pixel numbers, must give the same as windows. This is how the first half of the notebook tests the second.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# ### 两者是一回事
#
# 用你写的四个函数检验：把每个窗口写成像素编号的列表，作为采样池，结果必须与窗口的做法相同。本课的前一半就这样检验了后一半。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    pixels = np.arange(TIES.size).reshape(TIES.shape)
    views = np.lib.stride_tricks.sliding_window_view(pixels, (2, 3))[::1, ::2]
    lists = [window.ravel().tolist() for window in views.reshape(-1, 2, 3)]
    as_pools = pool_forward(TIES.reshape(1, -1), lists)
    as_windows, winners = max_pool(TIES[None, :, :, None], (2, 3), (1, 2))
    print("the same maxima:", np.array_equal(as_pools.ravel(), as_windows.ravel()))
    upstream = np.arange(1.0, as_pools.size + 1)
    down = pool_backward(upstream[None], TIES.reshape(1, -1), lists).reshape(TIES.shape)
    back = max_pool_backward(upstream.reshape(as_windows.shape), winners, (1, *TIES.shape, 1), (2, 3), (1, 2))
    print("the same δ:", np.array_equal(down, back[0, :, :, 0]))

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 5.4 Average pooling
#
# The mean of a window instead of its maximum. It is linear, so its derivative does not depend on the activations: each of the $R \cdot S$ pixels has slope $1/(RS)$, and every one gets its share,
#
# $$\delta_{mi}^{(l-1)} = \sum_{j:\, i \in \text{pool}(j)} \frac{\delta_{mj}^{(l)}}{R\,S}.$$
#
# There is no winner to remember and nothing to decide in a tie.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 5.4 平均池化
#
# 不取窗口的最大值，而取平均值。它是线性的，所以导数与激活值无关：$R \cdot S$ 个像素的斜率都是 $1/(RS)$，每个像素都得到一份，
#
# $$\delta_{mi}^{(l-1)} = \sum_{j:\, i \in \text{pool}(j)} \frac{\delta_{mj}^{(l)}}{R\,S}.$$
#
# 不必记住胜者，并列时也没有什么要定的。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 5.** Write `average_pool`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 5.** 写出 `average_pool`。


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

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 6.** Write `average_pool_backward`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 6.** 写出 `average_pool_backward`。


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

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 5.5 What pooling is good for
#
# Pooling makes the maps smaller, and it makes the network less particular about *where* something is. Move the picture to the right and compare how much the pictures change: the edges of the photograph first, then their maxima and means. Larger
# windows forget more. They also forget what a network that must say where something is would need; many networks of today use convolutions with a stride instead.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 5.5 池化有什么用
#
# 池化使特征图变小，也使网络不那么在意东西*在哪里*。把图像向右移，比较各图变化了多少：先是照片的边缘，再是边缘的最大池化和平均池化。窗口越大，忘掉的越多。如果网络必须回答东西在哪里，那么忘掉的正是它需要的；如今许多网络改用带步长的卷积。

# %% slideshow={"slide_type": "fragment"}
grey = hopper()[::2, ::2].mean(axis=2)
edges = np.abs(np.diff(grey, axis=1))
explore(
    lambda shift, k: shift_and_pool(edges, shift, k),
    {"shift": "pixels to the right | 右移的像素数", "k": "window | 窗口"},
    shift=(0, 6, 1, 1),
    k=(1, 6, 1, 3),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** A max pool of 2 × 2 windows with stride 2 follows a ReLU. (a) In one sample a whole window is 0. Which δ does the layer below get from this window
# under the rule "the first wins", and which through the ReLU after that, with the notes' convention $F'(0) = 1$ and with TensorFlow's $F'(0) = 0$? (b) Somebody writes `dx[...] = delta` in place of `+=`. For which sizes and strides does nobody notice,
# and why is a test with 2 × 2 and stride 2 not enough? (c) How many parameters has this layer?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** ReLU 之后接一个最大池化，窗口 2 × 2，步长 2。（a）某个 sample 的一个窗口全是 0。按“第一个获胜”的规则，下面一层从这个窗口得到什么 δ？再往下穿过 ReLU，按讲义的约定 $F'(0) = 1$ 和按 TensorFlow 的 $F'(0) = 0$，各得到什么？（b）有人把 `+=` 写成了 `dx[...] = delta`。哪些窗口和步长下没有人会发现？为什么只测 2 × 2、步长 2 不够？（c）这一层有多少参数？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-ties", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) The pixel in the upper left corner of the window gets all of δ, the other three get 0 (1 point). Through the ReLU it stays δ under the notes' convention and
# becomes 0 under TensorFlow's (1 point). (b) As long as no pixel is in two windows, that is stride >= window in both directions: each pixel is written once at most. 2 × 2 with stride 2 is
# of this kind; only overlapping windows show the mistake, and only where one pixel wins two of them (1 point). (c) None (1 point).
#
# （a）窗口左上角的像素得到全部的 δ，其余三个得 0（1 分）。穿过 ReLU：按讲义的约定仍是 δ，按 TensorFlow 的约定变成 0（1 分）。（b）只要没有像素同时在两个窗口里，
# 即两个方向上步长都不小于窗口：每个像素最多写一次。2 × 2、步长 2 正是这种情形；只有窗口重叠、而且一个像素赢得两个窗口时，错误才显出来（1 分）。（c）没有参数（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Challenge: going back up
#
# Segmentation networks pool on their way down and have to get back to the full picture. *Max unpooling* puts every value back to the place where its maximum was, and 0 elsewhere. Which of your functions does just that? Pool the edges of the photograph with 4 × 4 windows,
# unpool them, and compare with repeating each mean 4 × 4 times. Not graded.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 挑战：再放大回去
#
# 做分割的网络一路池化下来，最后还得回到整张图。*max unpooling* 把每个值放回它当初最大的那个位置，其余为 0。你写的哪个函数做的正是这件事？用 4 × 4 的窗口池化照片的边缘，再放大回去，与把每个平均值重复 4 × 4 次的结果比较。不计分。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "unpool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unpool(x, k):
    """Max pooling with k × k windows side by side, and back: the maxima at their places, zeros elsewhere.

    x: (M, H, W, C). Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    out, winner = max_pool(x, (k, k), (k, k))
    return max_pool_backward(out, winner, x.shape, (k, k), (k, k))
    ### END SOLUTION


# %% slideshow={"slide_type": "fragment"}
with when_done():
    small = edges[: edges.shape[0] // 4 * 4, : edges.shape[1] // 4 * 4]
    coarse = average_pool(small[None, :, :, None], (4, 4), (4, 4))[0, :, :, 0]
    restored = {
        "x": small,
        "max": unpool(small[None, :, :, None], 4)[0, :, :, 0],
        "mean": coarse.repeat(4, axis=0).repeat(4, axis=1),
    }
    show(side_by_side(restored), alt="the maxima keep the edges thin | 最大值使边缘保持细")

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Further reading
#
# * Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*, Proc. IEEE 86, 1998, section II: sub-sampling layers, averages with a weight.
# * D. Scherer, A. Müller, S. Behnke, *Evaluation of pooling operations in convolutional architectures for object recognition*, ICANN 2010, section 4: maxima against means.
# * M. Zeiler, R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014, section 2.1: unpooling with the winners' places.
# * J. T. Springenberg et al., *Striving for simplicity: the all convolutional net*, ICLR workshop 2015, section 2: strides in place of pools.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 进一步阅读
#
# * Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*, Proc. IEEE 86, 1998，第 II 节：下采样层，即带权重的平均。
# * D. Scherer, A. Müller, S. Behnke, *Evaluation of pooling operations in convolutional architectures for object recognition*, ICANN 2010，第 4 节：最大与平均的比较。
# * M. Zeiler, R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014，第 2.1 节：按胜者的位置放大回去。
# * J. T. Springenberg et al., *Striving for simplicity: the all convolutional net*, ICLR workshop 2015，第 2 节：用步长代替池化。
