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
# # 3. What a convolution does
#
# A network with one hidden layer gives every pixel a weight of its own. Move the cat by one pixel, and the network has never seen anything like it.
# A convolution has a few weights only and takes them everywhere: what it has learnt in one corner of the picture it knows in all the others.
#
# By the end of this notebook you can
#
# * say what a filter does to a picture by looking at its numbers, and write one that blurs, sharpens or finds edges;
# * tell the mathematicians' convolution from what TensorFlow and PyTorch call by that name;
# * predict the size of every output from kernel, stride, padding and dilation, before you run anything;
# * program convolutions of many channels and maps, dilated and transposed ones, and turn them into one matrix product;
# * look into a trained network and say what its first two layers respond to.
#
# You need NumPy and notebook 1. Plan 90 to 120 minutes. All arrays are floating; a *pair* is always (vertical, horizontal).

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 3. 卷积做了什么
#
# 单隐层网络给每个像素一个自己的权重。把猫挪动一个像素，对网络来说就成了从未见过的东西。卷积只有少数几个权重，但把它们用在每一处：在图的一角学到的，在其他地方同样认得。
#
# 学完这一课，你能够
#
# * 看着一个滤波器的数值就说出它对图像做什么，并自己写出模糊、锐化、找边缘的滤波器；
# * 分清数学家的卷积，和 TensorFlow、PyTorch 里叫这个名字的东西；
# * 由核的大小、步长、补零和膨胀率算出每个输出的大小，不必先运行；
# * 写出多通道、多特征图的卷积，膨胀卷积和转置卷积，并把卷积化成一次矩阵乘法；
# * 打开一个训练好的网络，说出它的第一层和第二层对什么有反应。
#
# 需要 NumPy 和第 1 课。大约 90 到 120 分钟。所有数组都是浮点数组；凡是*一对*数，顺序总是（竖直，水平）。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule import ops
from chainrule.check import Sheet, when_done
from chainrule.data import digits, hopper

# %% slideshow={"slide_type": "skip"}
from functools import partial
from timeit import timeit

from chainrule.layers import Conv2D, Dense, Flatten, MaxPool2D
from chainrule.nets import Sequential, evaluate, fit
from chainrule.optim import Optimizer
from chainrule.viz import (
    convolution_arithmetic,
    explore,
    feature_maps,
    filtered,
    show,
    side_by_side,
    sliding_window,
    strongest_patches,
    transposed_arithmetic,
    what_maps_like,
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.1 The convolution operation
#
# Lay a small table of weights, the *kernel* or *filter* $W$, on a corner of the picture. Multiply each weight with the pixel under it, add the products up,
# write the sum down. Move the kernel by one pixel, and again, until the whole picture is done. The notes begin with
#
# $$W = \frac{1}{9} * \begin{bmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\ 1 & 1 & 1 \end{bmatrix}$$
#
# (the $*$ is a plain product here). Nine equal weights that add up to 1: each new pixel is the *mean* of the nine around it. A flat area stays as it is,
# because the weights add up to 1; single bright spots are spread out; edges become soft.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.1 卷积操作
#
# 把一小张权重表，即*卷积核*或*滤波器* $W$，放在图像的一角。每个权重乘以它下面的像素，把乘积加起来，写下这个和。把核移动一个像素，再算一次，直到走完整张图。讲义从这个核开始：
#
# $$W = \frac{1}{9} * \begin{bmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\ 1 & 1 & 1 \end{bmatrix}$$
#
# （这里的 $*$ 就是普通的乘号。）九个相等的权重，和为 1：每个新像素是周围九个像素的*平均*。因为权重之和是 1，平坦的区域保持原样；孤立的亮点被摊开；边缘变得柔和。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 1.** Write `mean_filter` for a window of any size.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1.** 写出任意窗口大小的 `mean_filter`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "mean_filter", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_filter(k):
    """The kernel that replaces a pixel by the mean of a k × k window.

    k: integer, at least 1. Returns an array (k, k) of equal weights that add up to 1.

    >>> mean_filter(2)
    array([[0.25, 0.25],
           [0.25, 0.25]])
    """
    ### BEGIN SOLUTION
    return np.full((k, k), 1 / k**2)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-mean_filter", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("mean_filter(k) -> w", mean_filter, points=2)
sheet.values("the notes' W, nine times 1/9 | 讲义中的 W，九个 1/9", 3, expect=[[1 / 9] * 3] * 3)
sheet.values("a window of one pixel | 一个像素的窗口", 1, expect=[[1.0]])
### BEGIN HIDDEN TESTS
sheet.hidden()
sheet.values("an even window | 边长为偶数的窗口", 4, expect=[[0.0625] * 4] * 4)
sheet.values("a large window | 很大的窗口", 16, expect=[[1 / 256] * 16] * 16)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### A filter slides over a picture
#
# Move the slider and watch the window (orange) write the result number by number. Choose another kernel and guess first: where will the result be large?
# Why has the result fewer rows and columns than the picture?

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 滤波器在图上滑动
#
# 拖动滑块，看橙色的窗口怎样一个数一个数地写出结果。换一个核，先猜：结果会在哪里大？为什么结果的行数和列数比原图少？

# %% slideshow={"slide_type": "skip"}
SMALL = np.array(
    [
        [0.0, 0, 0, 9, 9, 9, 9],
        [0.0, 0, 0, 9, 9, 9, 9],
        [0.0, 0, 0, 9, 9, 9, 9],
        [0.0, 0, 0, 0, 0, 9, 9],
        [0.0, 0, 0, 0, 0, 0, 0],
        [0.0, 9, 0, 0, 0, 0, 0],
    ]
)
KERNELS = {
    "mean": np.full((3, 3), 1 / 9),
    "edge_x": np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "edge_y": np.array([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "laplace": np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    "sharpen": np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "shift": np.array([[0.0, 0, 0], [0, 0, 0], [0, 0, 1]]),
}
NAMES = {
    "mean": "mean | 平均",
    "edge_x": "left–right edges (Sobel) | 左右边缘（Sobel）",
    "edge_y": "top–bottom edges (Sobel) | 上下边缘（Sobel）",
    "laplace": "Laplace | 拉普拉斯",
    "sharpen": "sharpen | 锐化",
    "shift": "a single 1 in the corner | 只在角上有一个 1",
}

# %% slideshow={"slide_type": "fragment"}
explore(
    lambda kernel, position: sliding_window(SMALL, KERNELS[kernel], position),
    {"kernel": "kernel | 核", "position": "position | 位置"},
    kernel=NAMES,
    position=(0, 19, 1, 8),
)

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ### As a formula
#
# With a picture $x$ of $H \times W$ pixels and a kernel $w$ of $R \times S$ weights,
#
# $$z_{pq} = \sum_{r=0}^{R-1} \sum_{s=0}^{S-1} x_{p+r,\;q+s}\; w_{rs}, \qquad p = 0, \dots, H - R, \quad q = 0, \dots, W - S.$$
#
# Only windows that lie entirely in the picture count; the field calls this "valid". So the result has $P = H - R + 1$ rows and $Q = W - S + 1$ columns.
# $z_{pq}$ is the scalar product of the kernel and a patch of the picture: large where the patch *looks like* the kernel. That is why the weights of a filter
# can be read as a picture of what it looks for.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ### 写成公式
#
# 图像 $x$ 有 $H \times W$ 个像素，核 $w$ 有 $R \times S$ 个权重，则
#
# $$z_{pq} = \sum_{r=0}^{R-1} \sum_{s=0}^{S-1} x_{p+r,\;q+s}\; w_{rs}, \qquad p = 0, \dots, H - R, \quad q = 0, \dots, W - S.$$
#
# 只算完全落在图内的窗口，这叫 “valid”。因此结果有 $P = H - R + 1$ 行、$Q = W - S + 1$ 列。
# $z_{pq}$ 是核与图上一小块的内积：这一块越*像*这个核，值就越大。所以可以把滤波器的权重当作一张图来看，它画的就是滤波器要找的东西。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 2.** Write `correlate2d`. Loops are welcome; two of them, over $r$ and $s$, are enough.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 2.** 写出 `correlate2d`。可以用循环；其实对 $r$ 和 $s$ 的两重就够了。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "correlate2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def correlate2d(image, kernel):
    """Slide a kernel over an image, as it is: z[p, q] = Σ_rs image[p + r, q + s] · kernel[r, s].

    image: (H, W), kernel: (R, S) with R <= H and S <= W. Returns z: (P, Q) = (H - R + 1, W - S + 1).

    >>> correlate2d(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 10.0]]))
    array([[21., 32.]])
    """
    ### BEGIN SOLUTION
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for r in range(R):
        for s in range(S):
            z += image[r : r + P, s : s + Q] * kernel[r, s]
    return z
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-correlate2d", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("correlate2d(image, kernel) -> z", correlate2d, points=5)
sheet.values(
    "3 × 4 pixels by hand | 手算 3 × 4 个像素",
    np.arange(12.0).reshape(3, 4),
    np.array([[1.0, 2.0], [3.0, 4.0]]),
    expect=[[34.0, 44.0, 54.0], [74.0, 84.0, 94.0]],
)
point = np.zeros((5, 5))
point[2, 2] = 1.0
sheet.values(
    "a single bright pixel | 只有一个亮像素",
    point,
    np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0], [7.0, 8.0, -9.0]]),
    expect=[[-9.0, 8.0, 7.0], [6.0, -5.0, 4.0], [3.0, 2.0, 1.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def in_one_row(image, kernel):
    """The rows one after the other, the kernel's rows as far apart: one correlation of two long vectors."""
    (H, W), (R, S) = image.shape, kernel.shape
    taps = np.pad(kernel, ((0, 0), (0, W - S))).ravel()[: (R - 1) * W + S]
    long = np.correlate(image.ravel(), taps, mode="valid")
    return long[[[p * W + q for q in range(W - S + 1)] for p in range(H - R + 1)]]


sheet.values("more columns than rows | 列比行多", sheet.spaced(6, 9), sheet.spaced(2, 4), expect=in_one_row, weight=2)
sheet.values("more rows than columns | 行比列多", sheet.spaced(8, 5), sheet.spaced(4, 3), expect=in_one_row)
sheet.values("a kernel of the image's size | 核与图像一样大", sheet.spaced(3, 4), sheet.spaced(3, 4), expect=in_one_row)
sheet.values(
    "a kernel of one pixel | 一个像素的核",
    sheet.spaced(3, 4),
    np.array([[-2.5]]),
    expect=lambda image, kernel: kernel[0, 0] * image,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Your `mean_filter` and your `correlate2d` on a real photograph (Grace Hopper, who wrote the first compiler; U.S. Navy, public domain):

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 把你写的 `mean_filter` 和 `correlate2d` 用在真实的照片上（Grace Hopper，第一个编译器的作者；美国海军，公有领域）：

# %% slideshow={"slide_type": "fragment"}
photograph = hopper()  # (120, 100, 3), from 0 to 1
grey = photograph.mean(axis=2)
with when_done():
    blurred = {f"mean {k}×{k}": correlate2d(grey, mean_filter(k)) for k in (3, 7, 15)}
    show(
        side_by_side({"x": grey, **blurred}), alt="the larger the window, the softer the picture | 窗口越大，图像越模糊"
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.2 What convolution does
#
# Other weights, other effects. Three rules of thumb:
#
# * weights that **add up to 1** keep the brightness of flat areas (mean, sharpen);
# * weights that **add up to 0** answer a flat area with 0, and so see changes only (edges);
# * weights that are positive on one side and negative on the other take a *derivative*. Sobel's kernel is a difference in one direction and a
#   soft mean in the other:
#
# $$\begin{bmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{bmatrix} = \begin{bmatrix} 1 \\ 2 \\ 1 \end{bmatrix} \begin{bmatrix} -1 & 0 & 1 \end{bmatrix}$$
#
# In the result, red is positive and blue negative.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.2 卷积的作用
#
# 换一组权重，就有另一种效果。三条经验：
#
# * 权重**之和为 1**，平坦区域的亮度不变（平均、锐化）；
# * 权重**之和为 0**，平坦区域的响应是 0，所以只看得见变化（边缘）；
# * 权重一侧为正、一侧为负，就是在求*导数*。Sobel 核在一个方向上做差分，在另一个方向上做柔和的平均：
#
# $$\begin{bmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{bmatrix} = \begin{bmatrix} 1 \\ 2 \\ 1 \end{bmatrix} \begin{bmatrix} -1 & 0 & 1 \end{bmatrix}$$
#
# 结果图中，红色为正，蓝色为负。

# %% slideshow={"slide_type": "subslide"}
explore(
    lambda kernel: filtered(grey, KERNELS[kernel]),
    {"kernel": "kernel | 核"},
    kernel={name: NAMES[name] for name in ("edge_x", "edge_y", "laplace", "sharpen", "mean", "shift")},
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** You make the photograph brighter: every pixel gets 0.2 more. (a) By how much does a pixel of the result change under the mean filter, under Sobel's
# kernel, and under a kernel whose weights add up to $c$? (b) Somebody wants to find edges in photographs taken by day and by night. Which of the kernels above would you give
# her, and what still differs between day and night if all pixels are *multiplied* by 0.2 instead?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 把照片调亮：每个像素都加 0.2。（a）用平均滤波器、用 Sobel 核、用权重之和为 $c$ 的核，结果的每个像素各变化多少？（b）有人要在白天和夜里拍的照片上找边缘。上面的核你会给她哪一个？如果不是加，而是把所有像素*乘以* 0.2，白天和夜里还会有什么不同？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-brightness", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) The result changes by 0.2 times the sum of the weights: 0.2 for the mean, 0 for Sobel, 0.2 c in general, because the operation is linear and the added picture is constant (1 point; the
# reason must be there). (b) A kernel whose weights add up to 0: Sobel in both directions, or Laplace (1 point). Under multiplication by 0.2 the result is multiplied by 0.2 too: edges stay where they are but
# become weaker, so a fixed threshold finds fewer of them by night (1 point).
#
# （a）结果变化 0.2 乘以权重之和：平均滤波器变 0.2，Sobel 变 0，一般变 0.2c，因为运算是线性的，而加上去的图像是常数（1 分；须说明理由）。
# （b）权重之和为 0 的核：两个方向的 Sobel，或拉普拉斯（1 分）。乘以 0.2 时结果也乘以 0.2：边缘的位置不变但变弱，用固定阈值在夜里找到的边缘就少（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.3 Convolution, or correlation?
#
# What you wrote in exercise 2 is, strictly speaking, a *cross-correlation*. Mathematicians call this a convolution:
#
# $$(x * w)_{pq} = \sum_{r} \sum_{s} x_{p-r,\;q-s}\; w_{rs}$$
#
# The signs in the index are the other way round. On the windows that fit, this is the correlation with the kernel turned round by 180°. You saw the difference in the
# test with the single bright pixel: correlation prints the kernel upside down, convolution prints it as it is. And a true convolution commutes, $x * w = w * x$, and
# associates, $(x * w) * v = x * (w * v)$; a correlation does neither.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.3 卷积，还是互相关？
#
# 严格说来，练习 2 写的是*互相关*。数学家所说的卷积是
#
# $$(x * w)_{pq} = \sum_{r} \sum_{s} x_{p-r,\;q-s}\; w_{rs}$$
#
# 下标里的符号相反。对完全落在图内的窗口来说，这就是把核旋转 180° 之后的互相关。只有一个亮像素的那个测试里已经看得出差别：互相关印出来的是转了 180° 的核，卷积印出来的是核本身。真正的卷积满足交换律 $x * w = w * x$ 和结合律 $(x * w) * v = x * (w * v)$，互相关都不满足。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The notes, like everybody in this field, say "convolution" and mean the correlation: `tf.nn.conv2d` and `torch.nn.Conv2d` flip nothing. Where the weights
# are *learnt* it makes no difference: a network that needs the flipped kernel learns the flipped kernel. It does where weights come from elsewhere.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 讲义和这个领域里所有人一样，说的是“卷积”，指的是互相关：`tf.nn.conv2d` 和 `torch.nn.Conv2d` 什么都不翻转。权重既然是*学*出来的，就没有区别：需要翻转的核，网络学到的就是翻转的核。只有权重来自别处时，才要当心。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 3.** Write `convolve2d`, the mathematicians' one. What may you use?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 3.** 写出数学家的 `convolve2d`。想一想可以用上什么？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "convolve2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convolve2d(image, kernel):
    """The mathematical convolution where the kernel fits: the kernel turned round by 180°, then slid.

    image: (H, W), kernel: (R, S) with R <= H and S <= W. Returns z: (H - R + 1, W - S + 1).

    >>> convolve2d(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 10.0]]))
    array([[12., 23.]])
    """
    ### BEGIN SOLUTION
    return correlate2d(image, kernel[::-1, ::-1])
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-convolve2d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("convolve2d(image, kernel) -> z", convolve2d, points=3)
sheet.values(
    "3 × 4 pixels by hand | 手算 3 × 4 个像素",
    np.arange(12.0).reshape(3, 4),
    np.array([[1.0, 2.0], [3.0, 4.0]]),
    expect=[[16.0, 26.0, 36.0], [56.0, 66.0, 76.0]],
)
point = np.zeros((5, 5))
point[2, 2] = 1.0
sheet.values(
    "a single bright pixel prints the kernel | 一个亮像素印出核本身",
    point,
    np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0], [7.0, 8.0, -9.0]]),
    expect=[[1.0, 2.0, 3.0], [4.0, -5.0, 6.0], [7.0, 8.0, -9.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def by_fourier(image, kernel):
    """A product of Fourier transforms, cut to the windows that fit."""
    (H, W), (R, S) = image.shape, kernel.shape
    product = np.fft.fft2(image) * np.fft.fft2(kernel, s=(H, W))
    return np.fft.ifft2(product).real[R - 1 :, S - 1 :]


sheet.values("more columns than rows | 列比行多", sheet.spaced(6, 9), sheet.spaced(2, 4), expect=by_fourier, weight=2)
sheet.values("more rows than columns | 行比列多", sheet.spaced(8, 5), sheet.spaced(4, 3), expect=by_fourier)
sheet.values("a kernel of the image's size | 核与图像一样大", sheet.spaced(3, 4), sheet.spaced(3, 4), expect=by_fourier)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.4 How large is the result?
#
# Four numbers decide it, on each axis for itself:
#
# * the **kernel** has $k$ entries;
# * **padding** $p$: so many zeros are put on *each* side of the picture, so that $n$ pixels become $n + 2p$;
# * **stride** $s$: the window moves by $s$ pixels at a time;
# * **dilation** $d$: neighbouring entries of the kernel lie $d$ pixels apart, so that it spans $d(k - 1) + 1$ pixels.
#
# The window's last pixel can stand on $n + 2p - d(k-1)$ places; of these, every $s$-th is used, beginning with the first:
#
# $$P = \left\lfloor \frac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.4 结果有多大？
#
# 由四个数决定，两个方向各算各的：
#
# * **核**有 $k$ 个元素；
# * **补零**（padding）$p$：在图像的*每一*侧补这么多个零，于是 $n$ 个像素变成 $n + 2p$ 个；
# * **步长**（stride）$s$：窗口每次移动 $s$ 个像素；
# * **膨胀率**（dilation）$d$：核的相邻元素相距 $d$ 个像素，于是核跨 $d(k - 1) + 1$ 个像素。
#
# 窗口的最后一个像素可以停在 $n + 2p - d(k-1)$ 个位置上；从第一个开始，每隔 $s$ 个用一个：
#
# $$P = \left\lfloor \frac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# With $p = 0$ and $d = 1$ this is the formula that the notes give for TensorFlow's "VALID", $(n - k)/s + 1$. They write it without the floor
# $\lfloor\;\rfloor$: right where the stride divides, but in general a last step that does not fit is left out, and the pixels that it would have
# needed (yellow below) are never looked at.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 取 $p = 0$、$d = 1$，就是讲义对 TensorFlow 的 “VALID” 给出的公式 $(n - k)/s + 1$。讲义没有写取整号 $\lfloor\;\rfloor$：步长整除时是对的；一般情况下，放不下的最后一步被舍去，它要用到的像素（下图黄色）就永远不会被看到。

# %% slideshow={"slide_type": "subslide"}
explore(
    convolution_arithmetic,
    {
        "n": "input n | 输入 n",
        "k": "kernel k | 核 k",
        "stride": "stride s | 步长 s",
        "pad": "padding p | 补零 p",
        "dilation": "dilation d | 膨胀率 d",
        "step": "step | 第几步",
    },
    n=(1, 9, 1, 6),
    k=(1, 5, 1, 3),
    stride=(1, 4, 1, 2),
    pad=(0, 3, 1, 1),
    dilation=(1, 3, 1, 1),
    step=(0, 24, 1, 4),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Before you go on, find with the sliders (and then explain with the formula):
#
# 1. a padding that keeps the size, $P = n$, for $k = 3$ and for $k = 5$ with $s = 1$. Why is there none for $k = 4$?
# 2. two inputs of different size with the same output;
# 3. a stride larger than the kernel. Which pixels are lost?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 继续之前，先用滑块找出（再用公式解释）：
#
# 1. $s = 1$ 时，使大小不变（$P = n$）的补零数：$k = 3$ 时是多少，$k = 5$ 时是多少？为什么 $k = 4$ 时没有？
# 2. 两个大小不同、输出却一样大的输入；
# 3. 比核还大的步长。丢掉的是哪些像素？

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 4.** Write `output_size`. Integers in, integer out. If no window fits, there is no picture: raise an error.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 4.** 写出 `output_size`。输入是整数，输出也是整数。如果一个窗口也放不下，就没有图像可言：抛出错误。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "output_size", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_size(n, k, stride, pad, dilation):
    """Number of positions of a window along one axis.

    It is floor((n + 2 pad - dilation (k - 1) - 1) / stride) + 1.
    n pixels, k entries of the kernel, pad zeros on each side; all integers. Returns an integer, at least 1.
    Raises ValueError if no window fits.

    >>> output_size(28, 5, 1, 0, 1)
    24
    """
    ### BEGIN SOLUTION
    size = (n + 2 * pad - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("no window fits")
    return size
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-output_size", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("output_size(n, k, stride, pad, dilation) -> size", output_size, points=4)
sheet.values("28 pixels, kernel 5 | 28 个像素，核 5", 28, 5, 1, 0, 1, expect=24)
sheet.values("stride 2, the last step does not fit | 步长 2，最后一步放不下", 8, 3, 2, 0, 1, expect=3)
sheet.values("two zeros on each side | 每侧两个零", 10, 3, 1, 2, 1, expect=12)
sheet.values("dilation 3 | 膨胀率 3", 9, 3, 1, 0, 3, expect=3)
sheet.raises("a kernel larger than the picture is refused | 核比图像大，应报错", 3, 5, 1, 0, 1)
### BEGIN HIDDEN TESTS
sheet.hidden()


def counted(n, k, stride, pad, dilation):
    """Put the window down step by step."""
    padded, size = np.arange(n + 2 * pad), 0
    while len(padded[size * stride :]) > dilation * (k - 1):
        size += 1
    return size


sheet.values("a single window | 只有一个窗口", 5, 5, 3, 0, 1, expect=1)
sheet.values("stride larger than the kernel | 步长大于核", 12, 2, 5, 0, 1, expect=counted)
sheet.values("everything at once | 全部同时用上", 20, 3, 2, 4, 5, expect=counted)
sheet.values("everything at once, another size | 全部同时用上，另一种大小", 19, 4, 3, 2, 3, expect=counted)
sheet.values("only the padding makes room | 补零之后才放得下", 2, 5, 2, 2, 1, expect=counted)
sheet.raises("one pixel short, stride 3 | 差一个像素，步长 3", 4, 5, 3, 0, 1)
sheet.raises("a dilated kernel that does not fit | 膨胀后放不下的核", 6, 4, 2, 0, 2)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.5 Padding
#
# Without padding each layer eats a border, and pixels near the edge take part in fewer windows than those in the middle. So zeros are put around. From here on we work
# with *batches of images with channels*, as networks do: an array of shape $(M, H, W, C)$, for $M$ images of $H \times W$ pixels and $C$ channels (red, green
# and blue; or one for each feature map of the layer before).

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.5 补零
#
# 不补零，每一层都会吃掉一圈边；而且靠边的像素参与的窗口比中间的少。所以要在四周补零。从这里开始，我们和网络一样，处理*一批带通道的图像*：数组的形状是
# $(M, H, W, C)$，即 $M$ 张图，每张 $H \times W$ 个像素、$C$ 个通道（红、绿、蓝；或者上一层的每个特征图各一个通道）。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 5.** Write `zero_pad`. Which axes must grow, which must not?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 5.** 写出 `zero_pad`。哪些轴要变长，哪些不能？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "zero_pad", "locked": false, "schema_version": 3, "solution": true, "task": false}
def zero_pad(x, pad_h, pad_w):
    """Zeros around each image: pad_h rows above and below, pad_w columns left and right.

    x: (M, H, W, C). Returns an array (M, H + 2 pad_h, W + 2 pad_w, C).

    >>> zero_pad(np.ones((1, 1, 2, 1)), 0, 1)[0, :, :, 0]
    array([[0., 1., 1., 0.]])
    """
    ### BEGIN SOLUTION
    return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_w, pad_w), (0, 0)))
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-zero_pad", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("zero_pad(x, pad_h, pad_w) -> padded", zero_pad, points=3)
sheet.values(
    "one row of zeros above and below, two columns beside | 上下各一行零，左右各两列",
    np.array([[[[1.0], [2.0]]]]),
    1,
    2,
    expect=np.array([[0.0, 0, 0, 0, 0, 0], [0, 0, 1, 2, 0, 0], [0, 0, 0, 0, 0, 0]])[None, :, :, None],
)
x = sheet.spaced(2, 3, 4, 2)
sheet.values("no padding changes nothing | 补零数为 0 时不变", x, 0, 0, expect=x)
### BEGIN HIDDEN TESTS
sheet.hidden()


def added_round(x, pad_h, pad_w):
    rows = np.zeros((x.shape[0], pad_h, x.shape[2], x.shape[3]))
    tall = np.concatenate([rows, x, rows], axis=1)
    columns = np.zeros((x.shape[0], tall.shape[1], pad_w, x.shape[3]))
    return np.concatenate([columns, tall, columns], axis=2)


sheet.values("two images, three channels | 两张图，三个通道", sheet.spaced(2, 4, 5, 3), 1, 2, expect=added_round)
sheet.values("three images, rows only | 三张图，只补行", sheet.spaced(3, 5, 4, 2), 3, 0, expect=added_round)
sheet.values("columns only | 只补列", sheet.spaced(2, 3, 6, 1), 0, 2, expect=added_round)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.6 Channels and feature maps
#
# A colour picture has three channels; so a filter has a table of weights for *each* of them, and the three results are added up to one. One filter makes one
# **feature map**. A layer has many filters, $K$ of them, each with a bias of its own. All weights together are an array $w$ of shape $(R, S, C, K)$, TensorFlow's layout:
#
# $$z_{mpqk} = b_k + \sum_{r=0}^{R-1} \sum_{s=0}^{S-1} \sum_{c=0}^{C-1} x^{\text{pad}}_{m,\; p\,s_h + r,\; q\,s_w + s,\; c}\; w_{rsck}$$
#
# with strides $(s_h, s_w)$ and paddings $(p_h, p_w)$. The notes number maps with $\nu$ (our $k$) and the weights of a map with $\mu$ (our $r, s, c$ together).
# Count: a layer with 10 maps of $5 \times 5$ weights on one channel has $10 \cdot 25 + 10 = 260$ parameters, however large the picture is.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.6 通道与特征图
#
# 彩色图有三个通道；所以一个滤波器对*每个*通道各有一张权重表，三个结果加成一个。一个滤波器产生一个**特征图**（feature map）。一层有许多滤波器，共 $K$ 个，各有自己的偏置。全部权重合成一个形状为 $(R, S, C, K)$ 的数组 $w$，这是 TensorFlow 的排法：
#
# $$z_{mpqk} = b_k + \sum_{r=0}^{R-1} \sum_{s=0}^{S-1} \sum_{c=0}^{C-1} x^{\text{pad}}_{m,\; p\,s_h + r,\; q\,s_w + s,\; c}\; w_{rsck}$$
#
# 步长是 $(s_h, s_w)$，补零数是 $(p_h, p_w)$。讲义用 $\nu$（这里的 $k$）标记特征图，用 $\mu$（这里的 $r, s, c$ 合在一起）标记一个特征图上的各个权重。数一数：单通道上，10 个特征图、每个 $5 \times 5$ 个权重的一层，共有 $10 \cdot 25 + 10 = 260$ 个参数，不管图像有多大。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 6.** Write `conv2d`, the heart of this notebook. One way that works: pad; loop over $r$ and $s$; for each take the pixels
# $x^{\text{pad}}_{m,\,p s_h + r,\,q s_w + s,\,:}$ of all positions at once (a slice with steps) and multiply with the matrix $w_{rs}$ of shape $(C, K)$.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 6.** 写出 `conv2d`，这是本课的核心。一种可行的做法：先补零；对 $r$ 和 $s$ 循环；每次一下子取出所有位置的像素
# $x^{\text{pad}}_{m,\,p s_h + r,\,q s_w + s,\,:}$（带步长的切片），乘以形状为 $(C, K)$ 的矩阵 $w_{rs}$。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(x, w, b, stride, pad):
    """Convolution layer: every filter slides over every image, nothing is flipped.

    x: (M, H, W, C), w: (R, S, C, K), b: (K,).
    stride and pad: pairs (vertical, horizontal); pad counts the zeros on each side.
    Returns z: (M, P, Q, K) with P = floor((H + 2 pad[0] - R) / stride[0]) + 1, Q likewise.

    >>> x, w = np.arange(12.0).reshape(1, 3, 4, 1), np.ones((2, 2, 1, 1))
    >>> conv2d(x, w, np.array([0.5]), (2, 2), (0, 0))[0, :, :, 0]
    array([[10.5, 18.5]])
    """
    ### BEGIN SOLUTION
    (v, h), (R, S, C, K) = stride, w.shape
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    z = np.zeros((M, P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += x[:, r::v, s::h][:, :P, :Q] @ w[r, s]
    return z
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-conv2d", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("conv2d(x, w, b, stride, pad) -> z", conv2d, points=8)
sheet.values(
    "exercise 2 with a bias of 1/2 | 练习 2 加上偏置 1/2",
    np.arange(12.0).reshape(1, 3, 4, 1),
    np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(2, 2, 1, 1),
    np.array([0.5]),
    (1, 1),
    (0, 0),
    expect=np.array([[34.5, 44.5, 54.5], [74.5, 84.5, 94.5]])[None, :, :, None],
)
sheet.values(
    "steps of 2 down and 3 across | 向下 2 步，向右 3 步",
    np.arange(35.0).reshape(1, 5, 7, 1),
    np.ones((1, 1, 1, 1)),
    np.zeros(1),
    (2, 3),
    (0, 0),
    expect=np.array([[0.0, 3, 6], [14, 17, 20], [28, 31, 34]])[None, :, :, None],
)
sheet.values(
    "three channels, two maps | 三个通道，两个特征图",
    np.array([[[[1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0]]]]),
    np.array([[1.0, 0.0], [10.0, 0.0], [100.0, -1.0]])[None, None],
    np.array([0.0, 7.0]),
    (1, 1),
    (0, 0),
    expect=[[[[321.0, 4.0]], [[654.0, 1.0]]]],
)
sheet.values(
    "one row of zeros above and below | 上下各一行零",
    np.ones((1, 3, 3, 1)),
    np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]).reshape(3, 2, 1, 1),
    np.zeros(1),
    (1, 1),
    (1, 0),
    expect=np.array([[330.0, 330.0], [333.0, 333.0], [33.0, 33.0]])[None, :, :, None],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def patch_by_patch(x, w, b, stride, pad):
    """Each output number as a scalar product of a patch and a filter."""
    x = np.concatenate([np.zeros_like(x[:, :1])] * pad[0] + [x] + [np.zeros_like(x[:, :1])] * pad[0], axis=1)
    x = np.concatenate([np.zeros_like(x[:, :, :1])] * pad[1] + [x] + [np.zeros_like(x[:, :, :1])] * pad[1], axis=2)
    R, S, _, K = w.shape
    tops, lefts = range(0, x.shape[1] - R + 1, stride[0]), range(0, x.shape[2] - S + 1, stride[1])
    return np.array(
        [
            [[[np.vdot(m[i : i + R, j : j + S], w[..., k]) + b[k] for k in range(K)] for j in lefts] for i in tops]
            for m in x
        ]
    )


FROZEN_CONV2D = np.array(
    """
    0.3838733899 -1.047930581 2.064332604 1.18560862 -0.09937330225 2.287612743 -0.329420623 -1.740454025
    2.029282589 2.148522765 0.6469761261 2.131207233 -0.9690187825 -2.41487853 1.940094518 1.80649675 0.3573106578
    2.160219407 -0.4696238272 -1.693014891 2.22074874 0.9596611047 -0.5974963844 1.975286159 -0.1802301799
    -1.954432783 1.648865713 0.5968010394 -0.7587357981 2.16391017 -0.815452888 -2.365531951 1.839852764
    0.1326488166 -1.270818615 2.074703339 -0.07024624698 -1.657171413 1.860103788 -0.6764436448 -2.100830538
    1.986881088 0.5628276447 -1.035777506 1.898511017 -0.4077594141 -1.624688988 2.232717613
    """.split(),  # noqa: SIM905
    float,
).reshape(2, 4, 2, 3)
sheet.values(
    "values that PyTorch 2.13 computed | PyTorch 2.13 算出的值",
    np.sin(np.arange(72.0)).reshape(2, 6, 3, 2),
    np.cos(np.arange(24.0)).reshape(2, 2, 2, 3),
    np.array([0.5, -1.0, 2.0]),
    (2, 1),
    (1, 0),
    expect=FROZEN_CONV2D,
)
sheet.values(
    "strides that differ, leftover rows | 步长不同，有剩余的行",
    sheet.spaced(2, 8, 9, 3),
    sheet.spaced(3, 2, 3, 4),
    sheet.spaced(4),
    (2, 3),
    (0, 0),
    expect=patch_by_patch,
)
sheet.values(
    "padding that differs | 补零数不同",
    sheet.spaced(3, 5, 4, 2),
    sheet.spaced(2, 3, 2, 3),
    sheet.spaced(3),
    (1, 1),
    (2, 1),
    expect=patch_by_patch,
)
sheet.values(
    "everything at once | 全部同时用上",
    sheet.spaced(2, 7, 10, 2),
    sheet.spaced(4, 3, 2, 5),
    sheet.spaced(5),
    (3, 2),
    (1, 2),
    expect=patch_by_patch,
)
sheet.values(
    "strides larger than the filter | 步长大于滤波器",
    sheet.spaced(2, 9, 8, 1),
    sheet.spaced(2, 1, 1, 2),
    sheet.spaced(2),
    (4, 3),
    (0, 1),
    expect=patch_by_patch,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Four maps of the colour photograph with your `conv2d`. Each filter is $3 \times 3 \times 3$: the first has Sobel's kernel for every channel; the second and third look for a *colour*
# (what is more blue than red and green, what is more red than blue); the fourth is the mean filter, on the green channel only.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 用你的 `conv2d` 从彩色照片得到四个特征图。每个滤波器都是 $3 \times 3 \times 3$：第一个在三个通道上都用 Sobel 核；第二、第三个找*颜色*
# （比红和绿更蓝的，比蓝更红的）；第四个是平均滤波器，只用在绿色通道上。

# %% slideshow={"slide_type": "fragment"}
w_colours = np.zeros((3, 3, 3, 4))
w_colours[:, :, :, 0] = KERNELS["edge_x"][:, :, None] / 3
w_colours[1, 1, :, 1] = [-0.5, -0.5, 1.0]
w_colours[1, 1, :, 2] = [1.0, 0.0, -1.0]
w_colours[:, :, 1, 3] = 1 / 9
with when_done():
    z = conv2d(photograph[None], w_colours, np.zeros(4), (1, 1), (1, 1))[0]
    titles = ("k = 0: edges", "k = 1: blue", "k = 2: red − blue", "k = 3: green, mean")
    show(
        side_by_side({"x": photograph, **{title: z[..., k] for k, title in enumerate(titles)}}),
        alt="four feature maps: edges, blue background, red skin, soft green | 四个特征图：边缘、蓝色背景、红色皮肤、模糊的绿色",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.7 What layers 1 and 2 respond to
#
# Who chooses the filters of a network? Nobody: they are learnt, with the gradient that notebook 4 derives. The notes show a famous pair of pictures: for each feature map of layers 1 and 2 of a large network,
# the patches of photographs at which the map is *largest* (Zeiler & Fergus, 2014). Layer 1 has edges and colours, layer 2 corners, curves and textures.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.7 第一层和第二层对什么有反应
#
# 网络的滤波器由谁来选？谁也不选：它们是学出来的，用的是第 4 课推导的梯度。讲义里有一对著名的图：对一个大网络第一、二层的每个特征图，找出使它*最大*的那些照片小块（Zeiler 与 Fergus，2014）。第一层是边缘和颜色，第二层是拐角、曲线和纹理。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# We do the same with a network that trains here, in seconds, on the 8 × 8 digits. It is small: conv 3×3, 8 maps, ReLU → conv 3×3, 12 maps, ReLU → max pooling 2×2 → 10 classes. Nothing in it is chosen or tidied up by hand;
# change the seed and you get other filters. (The layers come from the course's package; you will have written them all by notebook 7.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 我们用一个当场训练的网络做同样的事，数据是 8 × 8 的数字，几秒钟就好。网络很小：3×3 卷积，8 个特征图，ReLU → 3×3 卷积，12 个特征图，ReLU → 2×2 最大池化 → 10 类。没有一个权重是人工挑选或修饰过的；换一个种子，就得到另一组滤波器。（这些层来自课程的程序包；学到第 7 课，你自己就全都写过了。）

# %% slideshow={"slide_type": "subslide"}
rng = np.random.default_rng(3)
x_train, y_train = digits("train")
x_test, y_test = digits("test")
net = Sequential(
    [
        Conv2D(1, 8, 3, activation="relu", rng=rng),
        Conv2D(8, 12, 3, activation="relu", rng=rng),
        MaxPool2D(2),
        Flatten(),
        Dense(48, 10, rng=rng),
    ]
)
fit(net, x_train[..., None], y_train, optimizer=Optimizer("adam", lr=0.01), epochs=15, seed=rng)
print(f"{evaluate(net, x_test[..., None], y_test)[1]:.1%} of {len(y_test)} test digits")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Layer 1.** With your `conv2d` and the trained weights we compute the eight maps of 300 digits that the network has not seen. A row for each map: its filter (red positive, blue negative), then the nine patches of 3 × 3
# pixels that it answers most strongly. Compare them: dark ink where the filter is red, paper where it is blue.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **第一层。** 用你的 `conv2d` 和训练好的权重，算出网络没有见过的 300 个数字的八个特征图。每个特征图占一行：先是它的滤波器（红为正，蓝为负），然后是使它响应最强的九个 3 × 3 小块。对照着看：滤波器红的地方有墨，蓝的地方是白纸。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    w1, b1 = net.params["conv1.W"], net.params["conv1.b"]
    a1 = np.maximum(conv2d(x_test[..., None], w1, b1, (1, 1), (0, 0)), 0)
    show(
        what_maps_like(strongest_patches(x_test, a1), w1[:, :, 0]),
        alt="filters of layer 1 beside the patches that they answer | 第一层的滤波器和它们响应的小块",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Layer 2.** A pixel of layer 2 sees 3 × 3 pixels of layer 1, and so 5 × 5 of the image: that is its *receptive field*. Its filters have eight channels, one for each map of layer 1, and can no longer
# be shown as one picture; the patches can. Look for ends of strokes, crossings, bends and holes.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **第二层。** 第二层的一个像素看到第一层的 3 × 3 个像素，也就是原图的 5 × 5 个：这叫它的*感受野*。它的滤波器有八个通道，第一层的每个特征图一个，不能再画成一张图，但小块仍然可以画。找一找笔画的端点、交叉、弯曲和空洞。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    w2, b2 = net.params["conv2.W"], net.params["conv2.b"]
    a2 = np.maximum(conv2d(a1, w2, b2, (1, 1), (0, 0)), 0)
    show(
        what_maps_like(strongest_patches(x_test, a2)),
        alt="the 5 × 5 patches that each map of layer 2 answers | 第二层各特征图响应的 5 × 5 小块",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Turn it round: one digit, and all its maps. Below, layer 1 is above layer 2. Bright is strong, black is 0, so most of a map is silent.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 反过来看：一个数字，和它的全部特征图。上图是第一层，下图是第二层。亮表示响应强，黑是 0，所以特征图的大部分是沉默的。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    show(feature_maps(x_test[7], a1[7]), alt="eight maps of layer 1 for one digit | 一个数字在第一层的八个特征图")
    show(
        feature_maps(x_test[7], a2[7]),
        alt="twelve maps of layer 2 for the same digit | 同一个数字在第二层的十二个特征图",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** Compare one layer of $5 \times 5$ filters with two layers of $3 \times 3$ filters, one after the other; $C$ channels go in and $C$ come out of every layer. (a) Show that both see the same
# $5 \times 5$ pixels. (b) How many weights has each, without biases? (c) Why is there a ReLU between the two layers: what could they compute without it? (d) How large is the receptive field of $L$ layers of $3 \times 3$?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 比较一层 $5 \times 5$ 的滤波器和前后相接的两层 $3 \times 3$ 的滤波器；每层输入、输出都是 $C$ 个通道。（a）说明两者看到的都是 $5 \times 5$ 个像素。（b）不算偏置，各有多少个权重？（c）两层之间为什么要有 ReLU：没有它，这两层能算什么？（d）$L$ 层 $3 \times 3$ 的感受野有多大？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-receptive-field", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) A pixel of the second layer sees 3 neighbouring pixels of the first on each axis, and these see pixels 0–2, 1–3 and 2–4: together 5 (1 point). (b) 25 C² against 2 · 9 C² = 18 C² (1 point). (c) Without a ReLU two
# convolutions one after the other are one convolution with a 5 × 5 kernel (associativity), and even a restricted one: everything that the two could compute, the one layer could too (1 point). (d) 2L + 1 by 2L + 1 (1 point).
#
# （a）第二层的一个像素在每个方向上看到第一层相邻的 3 个像素，它们分别看到第 0–2、1–3、2–4 个像素，合起来 5 个（1 分）。（b）25C² 对 2·9C² = 18C²（1 分）。
# （c）没有 ReLU，前后两次卷积由结合律等于一次 5 × 5 的卷积，而且还是受限制的一种：两层能算的，一层也能算（1 分）。（d）(2L + 1) × (2L + 1)（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.8 Dilated convolution
#
# The notes name two variants. The first widens the receptive field without a single new weight: put the entries of the filter $d$ pixels apart,
#
# $$z_{mpqk} = b_k + \sum_{r,s,c} x_{m,\; p + r\,d_h,\; q + s\,d_w,\; c}\; w_{rsck}.$$
#
# With $d = 1$ it is the ordinary convolution. The filter spans $d(k-1) + 1$ pixels, with holes between its entries; the *image* is still visited pixel by pixel. (In the explorer above, set the dilation to 2
# and the stride to 1, and step.) Layers with $d = 1, 2, 4, 8, \dots$ double their receptive field each time.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.8 膨胀（空洞）卷积
#
# 讲义提到两种变种。第一种不增加一个权重就扩大了感受野：让滤波器的元素相距 $d$ 个像素，
#
# $$z_{mpqk} = b_k + \sum_{r,s,c} x_{m,\; p + r\,d_h,\; q + s\,d_w,\; c}\; w_{rsck}.$$
#
# $d = 1$ 就是普通的卷积。滤波器跨 $d(k-1) + 1$ 个像素，元素之间有空洞；*图像*仍然是逐个像素走过的。（在上面的探索图里把膨胀率设为 2、步长设为 1，一步步看。）取 $d = 1, 2, 4, 8, \dots$ 的各层，感受野一层大一倍。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 7.** Write `dilated_conv2d`, with stride 1 and without padding.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 7.** 写出 `dilated_conv2d`，步长为 1，不补零。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "dilated_conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dilated_conv2d(x, w, b, dilation):
    """Convolution with a filter whose entries stand `dilation` pixels apart; stride 1, no padding.

    x: (M, H, W, C), w: (R, S, C, K), b: (K,), dilation: pair (vertical, horizontal).
    Returns z: (M, P, Q, K) with P = H - dilation[0] (R - 1), Q = W - dilation[1] (S - 1).

    >>> x = np.arange(6.0).reshape(1, 1, 6, 1)
    >>> dilated_conv2d(x, np.array([1.0, 10.0]).reshape(1, 2, 1, 1), np.zeros(1), (1, 3)).ravel()
    array([30., 41., 52.])
    """
    ### BEGIN SOLUTION
    (M, H, W, C), (R, S, C, K), (v, h) = x.shape, w.shape, dilation
    P, Q = H - v * (R - 1), W - h * (S - 1)
    z = np.zeros((M, P, Q, K)) + b
    for r in range(R):
        for s in range(S):
            z += x[:, r * v : r * v + P, s * h : s * h + Q] @ w[r, s]
    return z
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-dilated_conv2d", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("dilated_conv2d(x, w, b, dilation) -> z", dilated_conv2d, points=5)
sheet.values(
    "pixels 2 rows and 3 columns apart | 相距 2 行 3 列的像素",
    np.arange(35.0).reshape(1, 5, 7, 1),
    np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(2, 2, 1, 1),
    np.array([0.25]),
    (2, 3),
    expect=np.array(
        [
            [18430.25, 19541.25, 20652.25, 21763.25],
            [26207.25, 27318.25, 28429.25, 29540.25],
            [33984.25, 35095.25, 36206.25, 37317.25],
        ]
    )[None, :, :, None],
)
sheet.values(
    "dilation 1 is the ordinary convolution | 膨胀率为 1 就是普通卷积",
    np.arange(12.0).reshape(1, 3, 4, 1),
    np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(2, 2, 1, 1),
    np.array([0.5]),
    (1, 1),
    expect=np.array([[34.5, 44.5, 54.5], [74.5, 84.5, 94.5]])[None, :, :, None],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def with_holes(x, w, b, dilation):
    """A large filter full of zeros, patch by patch."""
    R, S, C, K = w.shape
    wide = np.zeros((dilation[0] * (R - 1) + 1, dilation[1] * (S - 1) + 1, C, K))
    wide[:: dilation[0], :: dilation[1]] = w
    patches = np.lib.stride_tricks.sliding_window_view(x, wide.shape[:2], axis=(1, 2))
    return np.einsum("mpqcrs,rsck->mpqk", patches, wide) + b


FROZEN_DILATED = np.array(
    """
    -0.2724831548 -1.880320206 1.82120508 1.875951383 0.3406566817 2.07276841 -0.5657451477 -2.144651632
    1.828829316 1.75972542 0.1881861788 2.024234045 -0.551286405 -1.950044223 2.024664236 0.105911453 -1.523211037
    1.828704288 -0.2538806409 -1.62993972 2.073164875 -0.2518337216 -1.861214616 1.821201236
    """.split(),  # noqa: SIM905
    float,
).reshape(2, 2, 2, 3)
sheet.values(
    "values that PyTorch 2.13 computed | PyTorch 2.13 算出的值",
    np.sin(np.arange(72.0)).reshape(2, 6, 3, 2),
    np.cos(np.arange(24.0)).reshape(2, 2, 2, 3),
    np.array([0.5, -1.0, 2.0]),
    (4, 1),
    expect=FROZEN_DILATED,
)
sheet.values(
    "any batch, three channels, four maps | 任意批量，三个通道，四个特征图",
    sheet.spaced(2, 9, 7, 3),
    sheet.spaced(3, 2, 3, 4),
    sheet.spaced(4),
    (2, 3),
    expect=with_holes,
)
sheet.values(
    "one axis dilated only | 只膨胀一个方向",
    sheet.spaced(3, 6, 8, 2),
    sheet.spaced(2, 3, 2, 1),
    sheet.spaced(1),
    (1, 3),
    expect=with_holes,
)
sheet.values(
    "a filter of one pixel | 一个像素的滤波器",
    sheet.spaced(2, 3, 4, 2),
    sheet.spaced(1, 1, 2, 3),
    sheet.spaced(3),
    (3, 2),
    expect=with_holes,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.9 Transposed (fractional) convolution
#
# The second variant goes from small to large: from a coarse map to a fine picture. A convolution without bias is linear, so it is a matrix, $z = A\,x$, if $x$ and $z$ are written as long vectors. Its *transposed*
# matrix goes the other way, from the size of $z$ to the size of $x$. It is **not** the inverse: sizes come back, values do not. What characterises it is
#
# $$\langle \operatorname{conv}(x),\, y \rangle = \langle x,\, \operatorname{conv}^{\mathsf T}(y) \rangle \qquad \text{for all } x \text{ and } y.$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.9 转置（fractional）卷积
#
# 第二种变种由小变大：从粗的特征图到细的图像。没有偏置的卷积是线性的，把 $x$ 和 $z$ 写成长向量，它就是一个矩阵：$z = A\,x$。它的*转置*矩阵方向相反，从 $z$ 的大小回到 $x$ 的大小。它**不是**逆：回来的是大小，不是数值。刻画它的是
#
# $$\langle \operatorname{conv}(x),\, y \rangle = \langle x,\, \operatorname{conv}^{\mathsf T}(y) \rangle \qquad \text{对所有 } x \text{ 和 } y.$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Read the matrix by columns instead of by rows, and you have the program: in a convolution each output number *collects* from a window; in the transposed one each number $y_{mpqk}$ *lays down* a whole filter,
#
# $$x_{m,\; p\,s_h + r,\; q\,s_w + s,\; c} \mathrel{+}= \sum_k y_{mpqk}\; w_{rsck},$$
#
# and where filters overlap they add up. The size is that of the smallest $x$ that has a $z$ of $P$ rows: $H = (P - 1)\,s_h + R$. A stride of 2 makes the picture about twice as large, as if the window moved by half a pixel;
# hence "fractional". And when you come to back propagation, in notebook 4, you will meet it again: it is how $\delta$ goes back through a convolution.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 不按行而按列读这个矩阵，就得到程序：卷积的每个输出数从一个窗口里*收集*；转置卷积则由每个数 $y_{mpqk}$ *铺下*整个滤波器，
#
# $$x_{m,\; p\,s_h + r,\; q\,s_w + s,\; c} \mathrel{+}= \sum_k y_{mpqk}\; w_{rsck},$$
#
# 滤波器重叠的地方相加。大小就是能得到 $P$ 行 $z$ 的最小的 $x$：$H = (P - 1)\,s_h + R$。步长为 2 时图像大约变成两倍大，好像窗口每次只移动半个像素，所以又叫 “fractional”。到第 4 课讲反向传播时还会遇到它：$\delta$ 正是这样穿过卷积往回传的。

# %% slideshow={"slide_type": "subslide"}
explore(
    transposed_arithmetic,
    {"n": "input P | 输入 P", "k": "kernel k | 核 k", "stride": "stride s | 步长 s", "step": "step | 第几步"},
    n=(1, 4, 1, 3),
    k=(1, 5, 1, 3),
    stride=(1, 4, 1, 2),
    step=(0, 15, 1, 8),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The numbers count how many filters have fallen on each pixel. Step to the end: with $k = 3$ and $s = 2$ some pixels have 1, some 2, some 4. That is the *checkerboard* that pictures from generating networks once
# suffered from. Which kernels avoid it with stride 2?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 图中的数字是落在每个像素上的滤波器个数。走到最后一步：$k = 3$、$s = 2$ 时，有的像素是 1，有的是 2，有的是 4。生成网络的图像曾经深受其害的*棋盘格*就是这样来的。步长为 2 时，哪些核能避免它？

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 8.** Write `transposed_conv2d`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 8.** 写出 `transposed_conv2d`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "transposed_conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def transposed_conv2d(y, w, stride):
    """The adjoint of conv2d without bias and padding: each number of y lays down a filter, overlaps add up.

    y: (M, P, Q, K), w: (R, S, C, K) as in conv2d, stride: pair (vertical, horizontal).
    Returns x: (M, (P - 1) stride[0] + R, (Q - 1) stride[1] + S, C).

    >>> y = np.array([1.0, 2.0]).reshape(1, 1, 2, 1)
    >>> w = np.array([1.0, 10.0, 100.0]).reshape(1, 3, 1, 1)
    >>> transposed_conv2d(y, w, (1, 2)).ravel()
    array([  1.,  10., 102.,  20., 200.])
    """
    ### BEGIN SOLUTION
    (M, P, Q, K), (R, S, C, K), (v, h) = y.shape, w.shape, stride
    x = np.zeros((M, (P - 1) * v + R, (Q - 1) * h + S, C))
    for r in range(R):
        for s in range(S):
            x[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] += y @ w[r, s].T
    return x
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-transposed_conv2d", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("transposed_conv2d(y, w, stride) -> x", transposed_conv2d, points=6)
sheet.values(
    "two filters that overlap in one column | 两个滤波器重叠一列",
    np.array([1.0, 2.0]).reshape(1, 1, 2, 1),
    np.array([[1.0, 10.0, 100.0], [3.0, 30.0, 300.0]]).reshape(2, 3, 1, 1),
    (1, 2),
    expect=np.array([[1.0, 10, 102, 20, 200], [3, 30, 306, 60, 600]])[None, :, :, None],
)
sheet.values(
    "a single number lays down the filter | 一个数铺下整个滤波器",
    np.array([2.0]).reshape(1, 1, 1, 1),
    np.arange(12.0).reshape(2, 3, 2, 1),
    (2, 2),
    expect=np.arange(0.0, 24.0, 2.0).reshape(1, 2, 3, 2),
)
x, y, w = sheet.spaced(2, 5, 8, 3), sheet.spaced(2, 2, 3, 4), sheet.spaced(3, 2, 3, 4)
product = np.vdot(ops.conv2d(x, w, strides=(2, 3)), y)
sheet.holds(
    "⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩",
    y,
    w,
    (2, 3),
    that=lambda back: np.isclose(np.vdot(x, back), product),
    why="⟨x, convᵀ(y)⟩ is not ⟨conv(x), y⟩: it is not the adjoint | ⟨x, convᵀ(y)⟩ 不等于 ⟨conv(x), y⟩：这不是伴随算子",
    shape=x.shape,
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def transposed_matrix(y, w, stride):
    """The matrix of the convolution, a column for each pixel of x; then its transpose times y."""
    (M, P, Q, K), (R, S, C, K) = y.shape, w.shape
    shape = ((P - 1) * stride[0] + R, (Q - 1) * stride[1] + S, C)
    pixels = np.eye(np.prod(shape)).reshape(-1, *shape)
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (R, S), axis=(1, 2))[:, :: stride[0], :: stride[1]]
    columns = np.einsum("npqcrs,rsck->npqk", windows, w).reshape(len(pixels), -1)
    return (y.reshape(M, -1) @ columns.T).reshape(M, *shape)


FROZEN_TRANSPOSED = np.array(
    """
    0.07624746576 -0.292088846 0.6333552442 -0.6190692513 -0.2955323543 0.5021888078 0.8879249375 -1.056047981
    0.5042402686 -0.4445289913 -1.046390018 1.190423809 1.086148053 -1.362384023 0.8350459955 -0.7595197668
    -1.339404573 1.583452226 0.4956765946 -0.6891359857 0.5861640454 -0.5480133751 -0.6738255284 0.8510982486
    1.172719742 -1.290887929 0.3718827543 -0.2965325922 -1.26828447 1.359851905 -0.7217938165 0.5375615068
    0.5522456392 -0.5875842754 0.54721947 -0.3551803089 0.06394293839 -0.2673278127 0.6213943305 -0.6078433276
    -0.2475844835 0.4439746902 -0.220216703 -0.08425927044 0.9395952535 -0.9382857256 -0.04528580331 0.3458594033
    -0.3728843757 0.1757755407 0.6071246994 -0.6192528291 0.1983789995 0.001484362419 0.4206076097 -0.6078157306
    0.5815404007 -0.5451098981 -0.5849781515 0.7611256756
    """.split(),  # noqa: SIM905
    float,
).reshape(2, 5, 3, 2)
sheet.values(
    "values that PyTorch 2.13 computed | PyTorch 2.13 算出的值",
    np.sin(np.arange(24.0)).reshape(2, 2, 2, 3),
    np.cos(np.arange(36.0)).reshape(3, 2, 2, 3),
    (2, 1),
    expect=FROZEN_TRANSPOSED,
)
sheet.values(
    "strides that differ, several channels | 步长不同，多个通道",
    sheet.spaced(2, 3, 2, 4),
    sheet.spaced(2, 3, 3, 4),
    (1, 2),
    expect=transposed_matrix,
    weight=2,
)
sheet.values(
    "as many channels in as out | 输入输出通道数相同",
    sheet.spaced(3, 2, 3, 2),
    sheet.spaced(3, 3, 2, 2),
    (2, 2),
    expect=transposed_matrix,
)
sheet.values(
    "gaps, stride larger than the filter | 有空隙，步长大于滤波器",
    sheet.spaced(2, 3, 2, 1),
    sheet.spaced(2, 1, 2, 1),
    (3, 2),
    expect=transposed_matrix,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Two pictures with your functions: a coarse version of the photograph (every fourth pixel), and what a transposed convolution of stride 4 makes of it with a filter that lays down flat squares, $k = 4$, and with one
# that lays down little pyramids, $k = 7$: they overlap and add up to a soft picture. Then the numbers of overlaps of an all-ones filter, $k = 3$ with stride 2: the checkerboard.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 用你的函数画几张图：照片的粗略版本（每四个像素取一个），以及步长为 4 的转置卷积从它得到的图：一个滤波器铺下平的方块，$k = 4$；另一个铺下小金字塔，$k = 7$，互相重叠，加起来就是一张柔和的图。最后是全 1 滤波器在 $k = 3$、步长 2 时的重叠次数：棋盘格。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    coarse = grey[::4, ::4][None, :, :, None]
    tent = np.array([1.0, 2, 3, 4, 3, 2, 1]) / 4
    squares = transposed_conv2d(coarse, np.ones((4, 4, 1, 1)), (4, 4))
    pyramids = transposed_conv2d(coarse, np.outer(tent, tent)[:, :, None, None], (4, 4))
    overlaps = transposed_conv2d(np.ones((1, 12, 10, 1)), np.ones((3, 3, 1, 1)), (2, 2))
    show(
        side_by_side(
            {
                "y  30×25": coarse[0, :, :, 0],
                "squares, k = 4": squares[0, :, :, 0],
                "pyramids, k = 7": pyramids[0, :, :, 0],
                "overlaps, k = 3, s = 2": overlaps[0, :, :, 0] / 4,
            }
        ),
        alt="coarse, blocky, soft; a checkerboard | 粗略的、块状的、柔和的图；棋盘格",
    )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 3.10 A convolution is a matrix product
#
# How do libraries make this fast? An old and good answer: write every patch as a *row* of a large matrix, write every filter as a *column* of another, and multiply. All the cleverness of fast matrix
# multiplication then works for convolutions. The price is memory: a pixel stands in the matrix up to $R \cdot S$ times.
#
# $$\underbrace{\text{patches}}_{M P Q \,\times\, R S C} \;\cdot\; \underbrace{\text{filters}}_{R S C \,\times\, K} \;=\; \underbrace{z}_{M P Q \,\times\, K}$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 3.10 卷积就是矩阵乘法
#
# 各种库是怎样把卷积算快的？一个老办法，也是好办法：把每个图块写成一个大矩阵的*一行*，把每个滤波器写成另一个矩阵的*一列*，然后相乘。快速矩阵乘法的全部本领就都用上了。代价是内存：一个像素在矩阵里最多出现 $R \cdot S$ 次。
#
# $$\underbrace{\text{patches}}_{M P Q \,\times\, R S C} \;\cdot\; \underbrace{\text{filters}}_{R S C \,\times\, K} \;=\; \underbrace{z}_{M P Q \,\times\, K}$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 9.** Write `im2col`. The order matters: rows in the order $(m, p, q)$ with $q$ fastest, columns in the order $(r, s, c)$ with $c$ fastest. Then
# `w.reshape(R * S * C, K)` fits without any transposition, and the product only needs a `reshape(M, P, Q, K)`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 9.** 写出 `im2col`。顺序很重要：行按 $(m, p, q)$ 排，$q$ 变化最快；列按 $(r, s, c)$ 排，$c$ 变化最快。这样 `w.reshape(R * S * C, K)` 不用转置就能对上，乘积只要再 `reshape(M, P, Q, K)`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "im2col", "locked": false, "schema_version": 3, "solution": true, "task": false}
def im2col(x, R, S, stride):
    """Every window of every image as a row.

    x: (M, H, W, C); R, S: height and width of the window; stride: pair (vertical, horizontal); no padding.
    Returns an array (M·P·Q, R·S·C): rows in the order (m, p, q), columns in the order (r, s, c),
    the last letter fastest.

    >>> im2col(np.arange(6.0).reshape(1, 2, 3, 1), 2, 2, (1, 1))
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.]])
    """
    ### BEGIN SOLUTION
    M, H, W, C = x.shape
    rows = [
        x[m, i : i + R, j : j + S].ravel()
        for m in range(M)
        for i in range(0, H - R + 1, stride[0])
        for j in range(0, W - S + 1, stride[1])
    ]
    return np.array(rows)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-im2col", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("im2col(x, R, S, stride) -> patches", im2col, points=5)
sheet.values(
    "2 × 3 pixels, two channels | 2 × 3 个像素，两个通道",
    np.arange(12.0).reshape(1, 2, 3, 2),
    2,
    2,
    (1, 1),
    expect=[[0.0, 1, 2, 3, 6, 7, 8, 9], [2.0, 3, 4, 5, 8, 9, 10, 11]],
)
sheet.values(
    "one pixel a window, steps of 2 and 3 | 每个窗口一个像素，步长 2 和 3",
    np.arange(24.0).reshape(1, 4, 6, 1),
    1,
    1,
    (2, 3),
    expect=[[0.0], [3.0], [12.0], [15.0]],
)
### BEGIN HIDDEN TESTS
sheet.hidden()


def by_index(x, R, S, stride):
    """Every entry by its own index."""
    M, H, W, C = x.shape
    P, Q = len(range(R, H + 1, stride[0])), len(range(S, W + 1, stride[1]))
    row, column = np.arange(M * P * Q)[:, None], np.arange(R * S * C)[None, :]
    m, p, q = row // (P * Q), row // Q % P, row % Q
    r, s, c = column // (S * C), column // C % S, column % C
    return x[m, p * stride[0] + r, q * stride[1] + s, c]


sheet.values(
    "three images, strides that differ | 三张图，步长不同",
    sheet.spaced(3, 6, 8, 2),
    3,
    2,
    (1, 2),
    expect=by_index,
    weight=2,
)
sheet.values("leftover rows and columns | 有剩余的行和列", sheet.spaced(2, 8, 6, 3), 3, 3, (2, 2), expect=by_index)
sheet.values(
    "wide windows, a stride larger than the window | 扁窗口，步长大于窗口",
    sheet.spaced(2, 7, 5, 2),
    2,
    3,
    (3, 1),
    expect=by_index,
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Does the product agree with your `conv2d`? On 32 digits and the filters of layer 1:

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 乘积和你的 `conv2d` 一致吗？用 32 个数字和第一层的滤波器试一试：

# %% slideshow={"slide_type": "fragment"}
with when_done():
    some = x_test[:32, :, :, None]
    patches = im2col(some, 3, 3, (1, 1))
    product = (patches @ w1.reshape(9, 8) + b1).reshape(32, 6, 6, 8)
    print("patches", patches.shape, " largest difference", np.abs(product - conv2d(some, w1, b1, (1, 1), (0, 0))).max())

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Challenge: the Fourier way
#
# Not graded, and beyond the notes. For large kernels there is a faster way. The *convolution theorem* says that the Fourier transform turns a convolution into a plain product, entry by entry:
#
# $$\mathcal F(x * w) = \mathcal F(x) \cdot \mathcal F(w)$$

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 挑战：傅里叶的办法
#
# 不计分，超出讲义。核很大的时候有更快的办法。*卷积定理*说，傅里叶变换把卷积变成逐个元素的乘积：
#
# $$\mathcal F(x * w) = \mathcal F(x) \cdot \mathcal F(w)$$

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# A direct convolution costs about $H W R S$ multiplications, the Fourier way about $H W \log(H W)$, whatever the size of the kernel. Write `fourier_convolve2d` with `np.fft.rfft2` and `np.fft.irfft2` so that it
# gives the same as `convolve2d`. Three questions on the way: why must the kernel be padded to the size of the image? The discrete transform goes round in circles: which rows and columns of the product
# are spoilt by that, and have you already decided to throw them away? From which kernel size on is it worth while on your computer (the table below)? Why do networks with 3 × 3 filters not do it?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 直接做卷积大约要 $H W R S$ 次乘法，用傅里叶变换大约 $H W \log(H W)$ 次，与核的大小无关。用 `np.fft.rfft2` 和 `np.fft.irfft2` 写出 `fourier_convolve2d`，结果与 `convolve2d` 相同。路上有三个问题：为什么核要补零到与图像一样大？离散变换是循环的：乘积的哪些行和列因此不能用，它们是不是本来就要丢掉？在你的计算机上，核从多大开始值得这样做（见下表）？用 3 × 3 滤波器的网络为什么不这样做？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "fourier_convolve2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fourier_convolve2d(image, kernel):
    """The same as convolve2d, by a product of Fourier transforms.

    image: (H, W), kernel: (R, S). Returns z: (H - R + 1, W - S + 1).
    """
    ### BEGIN SOLUTION
    R, S = kernel.shape
    product = np.fft.rfft2(image) * np.fft.rfft2(kernel, s=image.shape)
    return np.fft.irfft2(product, s=image.shape)[R - 1 :, S - 1 :]
    ### END SOLUTION


# %% slideshow={"slide_type": "fragment"}
with when_done():
    kernels = [mean_filter(k) for k in (3, 7, 11, 15, 21, 31)]
    gap = max(np.abs(fourier_convolve2d(grey, w) - convolve2d(grey, w)).max() for w in kernels)
    print(f"largest difference {gap:.1e}")
    for w in kernels:
        direct, fourier = (1e3 * timeit(partial(f, grey, w), number=3) / 3 for f in (convolve2d, fourier_convolve2d))
        print(f"k = {len(w):2d}   direct {direct:7.2f} ms   Fourier {fourier:7.2f} ms")

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Further reading
#
# * V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*, 2016, arXiv:1603.07285. Sections 2 (sizes) and 4 (transposed) are this notebook's explorers on paper;
#   the page that the notes link to (Theano's tutorial) grew out of it.
# * M. Zeiler, R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014, arXiv:1311.2901. Figure 2: layers 1 to 5, the origin of the notes' pictures.
# * F. Yu, V. Koltun, *Multi-scale context aggregation by dilated convolutions*, ICLR 2016, arXiv:1511.07122. Section 2: what a dilated convolution is, and receptive fields that grow exponentially.
# * A. Odena, V. Dumoulin, C. Olah, *Deconvolution and checkerboard artifacts*, Distill 2016. The checkerboard, and a remedy.
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep learning*, MIT Press 2016, chapter 9. Section 9.1 on convolution against correlation, 9.2 on why to convolve.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 延伸阅读
#
# * V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*, 2016, arXiv:1603.07285。第 2 节（大小）和第 4 节（转置）就是本课探索图的纸上版本；讲义链接的 Theano 教程页面也由此而来。
# * M. Zeiler, R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014, arXiv:1311.2901。图 2：第 1 到第 5 层，讲义中图片的出处。
# * F. Yu, V. Koltun, *Multi-scale context aggregation by dilated convolutions*, ICLR 2016, arXiv:1511.07122。第 2 节：什么是膨胀卷积，感受野怎样指数增长。
# * A. Odena, V. Dumoulin, C. Olah, *Deconvolution and checkerboard artifacts*, Distill 2016。棋盘格，以及补救办法。
# * I. Goodfellow, Y. Bengio, A. Courville, *Deep learning*, MIT Press 2016，第 9 章。9.1 节讲卷积与互相关，9.2 节讲为什么要用卷积。
