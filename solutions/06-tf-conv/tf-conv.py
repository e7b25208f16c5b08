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
# # 6. What TensorFlow means by conv2d
#
# A formula has symbols, a library has arguments. The notes end with a comparison of the two: which symbol of back propagation stands behind which argument of `tf.nn.conv2d`?
# You will write the function yourself, argument by argument, and compare with numbers that TensorFlow itself has computed.
#
# By the end of this notebook you can
#
# * say what every argument of `tf.nn.conv2d` means in the notes' symbols $a_{mj}$, $W_{ji}$ and $\omega_{\mu\nu}$;
# * turn a batch of images from one memory layout to another, and not be fooled by `reshape`;
# * predict every output size, and on which side the odd zero goes when padding is "SAME";
# * explain why strides and padding are nothing but the rule that ties $W_{ji}$ to $\omega_{\mu\nu}$;
# * program `conv2d`, `conv2d_transpose` and `max_pool2d` so that they agree with TensorFlow to the last digit;
# * read a manual critically: four sentences of the notes are only nearly right, and you will find out which.
#
# You need NumPy and notebook 3; notebook 4 helps. TensorFlow need not be installed: its answers are stored here. Plan 90 to 120 minutes.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# # 6. TensorFlow 的 conv2d 是什么意思
#
# 公式里是符号，程序库里是参数。讲义最后把两者放在一起比较：反向传播的哪个符号，对应 `tf.nn.conv2d` 的哪个参数？这一课你要自己逐个参数地写出这个函数，并且与 TensorFlow 亲自算出的数对照。
#
# 学完这一课，你能够
#
# * 用讲义的符号 $a_{mj}$、$W_{ji}$、$\omega_{\mu\nu}$ 说出 `tf.nn.conv2d` 每个参数的意思；
# * 把一批图像从一种内存排列换成另一种，而且不上 `reshape` 的当；
# * 预先算出每个输出的大小，并知道 padding 为 “SAME” 时多出来的那个零补在哪一侧；
# * 解释为什么步长和补零不过是 $W_{ji}$ 与 $\omega_{\mu\nu}$ 之间的对应规则；
# * 写出与 TensorFlow 一位不差的 `conv2d`、`conv2d_transpose` 和 `max_pool2d`；
# * 带着怀疑读手册：讲义里有四句话只是大体正确，你会自己找出是哪四句。
#
# 需要 NumPy 和第 3 课，学过第 4 课更好。不必安装 TensorFlow：它的答案已经存在这里。大约 90 到 120 分钟。

# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from chainrule import ops
from chainrule.check import Sheet, when_done

# %% slideshow={"slide_type": "skip"}
from chainrule.viz import connections, explore, memory_layout, padded_axis, show

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.1 One call
#
# The notes give the function as it was when they were written:
#
# `output = tf.nn.conv2d(input, filter, strides, padding, use_cudnn_on_gpu=None, data_format=None, name=None)`
#
# | argument | in the notes' symbols | what it is |
# |---|---|---|
# | `input` | $a_{mj}^{(l-1)}$ | the layer before, a tensor with four axes |
# | `filter` | $\omega_{\mu\nu}^{(l)}$ | the independent weights, four axes again |
# | `strides`, `padding` | which $W_{ji}$ is which $\omega_{\mu\nu}$ | how the patches are chosen |
# | `data_format` | how $j$ is written as (row, column, channel) | the order of the axes |
# | `output` | $z_{mi}^{(l)}$, without the bias | the next layer, before $\beta_\nu$ and $F$ |
# | `use_cudnn_on_gpu`, `name` | – | nothing that changes a number |

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.1 一次调用
#
# 讲义给出的是写作当时的函数：
#
# `output = tf.nn.conv2d(input, filter, strides, padding, use_cudnn_on_gpu=None, data_format=None, name=None)`
#
# | 参数 | 讲义的符号 | 是什么 |
# |---|---|---|
# | `input` | $a_{mj}^{(l-1)}$ | 前一层，四个轴的张量 |
# | `filter` | $\omega_{\mu\nu}^{(l)}$ | 独立的权重，也是四个轴 |
# | `strides`、`padding` | 哪个 $W_{ji}$ 就是哪个 $\omega_{\mu\nu}$ | 怎样选取各个 patch |
# | `data_format` | 下标 $j$ 怎样写成（行，列，通道） | 各轴的顺序 |
# | `output` | $z_{mi}^{(l)}$，不含偏置 | 下一层，还没有加 $\beta_\nu$、没有经过 $F$ |
# | `use_cudnn_on_gpu`、`name` | – | 不改变任何一个数 |

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The notes write $a_{mi}^{(l)}$ for the output. Strictly it is $z_{mi}^{(l)} - b_i^{(l)}$: `conv2d` neither adds a bias nor applies $F$; `tf.nn.bias_add` and `tf.nn.relu` do.
#
# Libraries change. In TensorFlow 2 the signature is
#
# `tf.nn.conv2d(input, filters, strides, padding, data_format='NHWC', dilations=None, name=None)`
#
# `filter` has become `filters`; `dilations`, which you know from notebook 3, has come; `use_cudnn_on_gpu` has gone, and whoever still passes it gets an error (you will see it below). We keep the notes' name `filter`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 讲义把输出写作 $a_{mi}^{(l)}$。严格地说，它是 $z_{mi}^{(l)} - b_i^{(l)}$：`conv2d` 既不加偏置，也不作用 $F$；那是 `tf.nn.bias_add` 和 `tf.nn.relu` 的事。
#
# 程序库是会变的。TensorFlow 2 的签名是
#
# `tf.nn.conv2d(input, filters, strides, padding, data_format='NHWC', dilations=None, name=None)`
#
# `filter` 改成了 `filters`；多了第 3 课里的 `dilations`；`use_cudnn_on_gpu` 没有了，再传它就报错（下面会看到）。这里沿用讲义的名字 `filter`。

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# **Where the expected numbers come from.** Some tests below compare with results of TensorFlow itself. They stand in the notebook as text: a line of arguments, then the numbers. Inputs are whole numbers from
# a fixed random generator, so the results are exact, and the function in the next cell draws them again. Only a few of these cases are shown to you; there are more in the hidden tests.
# One remark: TensorFlow has NCHW on GPUs only ("currently only supports the NHWC tensor format on the CPU", it says). The NCHW cases were computed as NHWC, and their axes moved.

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# **期望的数从哪里来。** 下面有些测试是与 TensorFlow 自己的结果比较的。这些结果以文本形式存在笔记本里：一行参数，接着是数。输入是由固定的随机数发生器产生的整数，所以结果是精确的；下一格的函数会把输入重新抽出来。这里只给你看几个，隐藏测试里还有更多。顺便说一句：TensorFlow 只在 GPU 上支持 NCHW（在 CPU 上它会说 “currently only supports the NHWC tensor format on the CPU”）。
# NCHW 的例子是按 NHWC 算好，再移动各轴得到的。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "tensorflow-cases", "locked": true, "schema_version": 3, "solution": false, "task": false}
def tensorflow_cases(text, arrays, low=-9, high=10):
    """Arguments and result of each paragraph; the first `arrays` arguments are whole numbers, drawn again."""
    rng = np.random.RandomState(6)  # its stream never changes
    for paragraph in text.partition("\n")[2].strip().split("\n\n"):
        head, _, numbers = paragraph.partition("\n")
        *given, shape = (part if part.isalpha() else tuple(map(int, part.split())) for part in head.split(" | "))
        drawn = [rng.randint(low, high, size).astype(float) for size in given[:arrays]]
        plain = [part[0] if len(part) == 1 else part for part in given[arrays:]]
        yield (*drawn, *plain), np.array(numbers.split(), float).reshape(shape)


def described(sheet, *arguments):
    """A title for what TensorFlow computed: the arguments by name; what is 1 everywhere goes without saying."""
    words = []
    for name, value in zip(sheet.signature.arguments, arguments):
        if isinstance(value, np.ndarray):
            words.append(f"{name}={'×'.join(map(str, value.shape))}")
        elif value not in ((1, 1, 1, 1), "NHWC"):
            words.append(f"{name}={value}")
    return "TensorFlow: " + ", ".join(words)


# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.2 input, and the order of its axes
#
# `input` is the layer $a_{mj}^{(l-1)}$. A unit $j$ of an image has a place: a row, a column, and a channel (red, green and blue in the first layer, a feature map later). So the table $a_{mj}$ is *reshaped* to a
# tensor with four axes,
#
# `shape(input) = [batch_size, input_height, input_width, input_channels(depth)]`
#
# that is $(M, H, W, C)$ in this course. `data_format` names the order of the axes, one letter each (TensorFlow's N is our M). The default is "NHWC": batch number, height, width, channels.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.2 input，以及各轴的顺序
#
# `input` 就是 $a_{mj}^{(l-1)}$ 这一层。图像里的一个节点 $j$ 有自己的位置：行、列，以及所属的 channel（第一层是红、绿、蓝，以后是各个 feature map）。所以把 $a_{mj}$ *reshape* 成一个四阶张量，
#
# `shape(input) = [batch_size, input_height, input_width, input_channels(depth)]`
#
# 用本课程的字母写，就是 $(M, H, W, C)$。`data_format` 用四个字母说明各轴的顺序（TensorFlow 的 N 就是我们的 M）。默认为 “NHWC”：batch number, height, width, channels。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The notes give "NWHC" as the other choice, with width before height:
#
# `shape(input) = [batch_size, input_width, input_height, input_channels(depth)]`
#
# **TensorFlow has no such format**: it knows "NHWC" and "NCHW", channels before the image, the order that PyTorch and cuDNN prefer. Asked for
# NWHC, TensorFlow 2.21 says so itself:
#
# > Value for attr 'data_format' of "NWHC" is not in the list of allowed values: "NHWC", "NCHW"
#
# As an exercise in axes, NWHC is as good as any, so your functions will know all three.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 讲义说另一种选择是 “NWHC”，宽在高之前：
#
# `shape(input) = [batch_size, input_width, input_height, input_channels(depth)]`
#
# **TensorFlow 没有这种格式**：它只有 “NHWC” 和 “NCHW”，后者把通道放在图像之前，是 PyTorch 和 cuDNN 喜欢的顺序。若要求 NWHC，TensorFlow 2.21 自己会说：
#
# > Value for attr 'data_format' of "NWHC" is not in the list of allowed values: "NHWC", "NCHW"
#
# 不过作为练习，NWHC 一样能锻炼对轴的感觉，所以你的函数三种都要认得。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Memory is one long row of numbers; a layout says in which order the pixels stand in it, the last letter fastest. Choose a layout and walk through the memory of one small colour image: what stands side by side in NHWC, and
# what in NCHW? Where does the *same position* in memory point to in each layout?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 内存是一长串数；排列方式说的是像素按什么顺序站在里面，最后一个字母变化最快。选一种排列，在一张小彩图的内存里走一遍：NHWC 中谁和谁相邻，NCHW 中呢？内存里的*同一个位置*，在各种排列下指的是哪个像素？

# %% slideshow={"slide_type": "fragment"}
explore(
    memory_layout,
    {"data_format": "data_format", "position": "position | 位置"},
    data_format={
        "NHWC": "NHWC: TensorFlow's default | NHWC：TensorFlow 的默认",
        "NCHW": "NCHW: channels first | NCHW：通道在前",
        "NWHC": "NWHC: in the notes only | NWHC：只在讲义里有",
    },
    position=(0, 17, 1, 7),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercises 1 and 2.** Write `to_nhwc` and its inverse, `from_nhwc`. Axes have to *move*: `transpose` does that, together with every number. `reshape` to the right shape gives the right shape and a scrambled image, and
# no error at all. An unknown layout is refused.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 1 和 2.** 写出 `to_nhwc` 和它的逆 `from_nhwc`。轴要*移动*：`transpose` 会带着每个数一起移动。用 `reshape` 变成正确的形状，形状是对了，图像却全打乱了，而且一点也不报错。不认识的排列应当拒绝。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "to_nhwc", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_nhwc(x, data_format):
    """The same images with their axes in the order batch, height, width, channels.

    x: four axes in the order of data_format, which is "NHWC", "NCHW" or "NWHC".
    Returns an array (M, H, W, C). Raises ValueError if one of the four letters is missing.

    >>> to_nhwc(np.zeros((2, 3, 5, 7)), "NCHW").shape
    (2, 5, 7, 3)
    """
    ### BEGIN SOLUTION
    return x.transpose([data_format.index(axis) for axis in "NHWC"])
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-to_nhwc", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("to_nhwc(x, data_format) -> images", to_nhwc, points=3)
red_and_blue = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]]]])
sheet.values(
    "NCHW: two channels of 2 × 3 pixels | NCHW：两个通道，2 × 3 个像素",
    red_and_blue,
    "NCHW",
    expect=[[[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]], [[4.0, 40.0], [5.0, 50.0], [6.0, 60.0]]]],
)
sheet.values(
    "NWHC: two columns of three pixels | NWHC：两列，每列三个像素",
    np.array([[[[1.0], [3.0], [5.0]], [[2.0], [4.0], [6.0]]]]),
    "NWHC",
    expect=[[[[1.0], [2.0]], [[3.0], [4.0]], [[5.0], [6.0]]]],
)
sheet.values("NHWC stays as it is | NHWC 保持原样", red_and_blue, "NHWC", expect=red_and_blue)
sheet.raises("three letters are no layout | 三个字母不是排列", red_and_blue, "NHW")
### BEGIN HIDDEN TESTS
sheet.hidden()


def pixel_by_pixel(x, data_format):
    """Each number by the places that its letters name."""
    size = dict(zip(data_format, x.shape))
    images = np.zeros([size[letter] for letter in "NHWC"])
    for place in np.ndindex(images.shape):
        at = dict(zip("NHWC", place))
        images[place] = x[tuple(at[letter] for letter in data_format)]
    return images


sheet.values("NCHW, all axes differ | NCHW，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NCHW", expect=pixel_by_pixel)
sheet.values("NWHC, all axes differ | NWHC，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NWHC", expect=pixel_by_pixel)
sheet.values("NHWC, all axes differ | NHWC，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NHWC", expect=pixel_by_pixel)
sheet.values("NCHW, square images | NCHW，方形图像", sheet.spaced(3, 3, 3, 3), "NCHW", expect=pixel_by_pixel)
sheet.values("NWHC, square images | NWHC，方形图像", sheet.spaced(3, 3, 3, 3), "NWHC", expect=pixel_by_pixel)
sheet.raises("small letters are refused, as in TensorFlow | 小写字母被拒绝，与 TensorFlow 一样", red_and_blue, "nchw")
### END HIDDEN TESTS
sheet.report()


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "from_nhwc", "locked": false, "schema_version": 3, "solution": true, "task": false}
def from_nhwc(x, data_format):
    """The inverse of to_nhwc: images (M, H, W, C) with their axes in the order of data_format.

    x: (M, H, W, C); data_format is "NHWC", "NCHW" or "NWHC".
    Returns an array with four axes. Raises ValueError if one of the four letters is missing.

    >>> from_nhwc(np.zeros((2, 5, 7, 3)), "NCHW").shape
    (2, 3, 5, 7)
    """
    ### BEGIN SOLUTION
    return x.transpose(["NHWC".index(axis) for axis in data_format])
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-from_nhwc", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("from_nhwc(x, data_format) -> output", from_nhwc, points=3)
pixels = np.array([[[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]], [[4.0, 40.0], [5.0, 50.0], [6.0, 60.0]]]])
sheet.values(
    "NCHW: one table for each channel | NCHW：每个通道一张表",
    pixels,
    "NCHW",
    expect=[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]]]],
)
sheet.values(
    "NWHC: column by column | NWHC：一列接一列",
    np.array([[[[1.0], [2.0]], [[3.0], [4.0]], [[5.0], [6.0]]]]),
    "NWHC",
    expect=[[[[1.0], [3.0], [5.0]], [[2.0], [4.0], [6.0]]]],
)
sheet.values("NHWC stays as it is | NHWC 保持原样", pixels, "NHWC", expect=pixels)
sheet.raises("three letters are no layout | 三个字母不是排列", pixels, "NHW")
### BEGIN HIDDEN TESTS
sheet.hidden()


def letter_by_letter(x, data_format):
    """Each number to the place that its letters name."""
    size = dict(zip("NHWC", x.shape))
    output = np.zeros([size[letter] for letter in data_format])
    for place in np.ndindex(x.shape):
        at = dict(zip("NHWC", place))
        output[tuple(at[letter] for letter in data_format)] = x[place]
    return output


sheet.values("NCHW, all axes differ | NCHW，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NCHW", expect=letter_by_letter)
sheet.values("NWHC, all axes differ | NWHC，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NWHC", expect=letter_by_letter)
sheet.values("NHWC, all axes differ | NHWC，各轴长度都不同", sheet.spaced(2, 3, 5, 4), "NHWC", expect=letter_by_letter)
sheet.values("NCHW, square images | NCHW，方形图像", sheet.spaced(3, 3, 3, 3), "NCHW", expect=letter_by_letter)
sheet.values("NWHC, square images | NWHC，方形图像", sheet.spaced(3, 3, 3, 3), "NWHC", expect=letter_by_letter)
sheet.raises("small letters are refused, as in TensorFlow | 小写字母被拒绝，与 TensorFlow 一样", pixels, "nchw")
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# One image, three memories. Below, the row of numbers as it stands in memory, for the pixels of the test above (red 1 to 6, blue 10 to 60):

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 一张图，三种内存。下面是上面测试里的像素（红 1 到 6，蓝 10 到 60）在内存中排成的一行：

# %% slideshow={"slide_type": "fragment"}
with when_done():
    small = np.array([[[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]], [[4.0, 40.0], [5.0, 50.0], [6.0, 60.0]]]])
    for layout in ("NHWC", "NCHW", "NWHC"):
        print(layout, *(f"{number:3g}" for number in from_nhwc(small, layout).ravel()))
    scrambled = from_nhwc(small, "NCHW").reshape(small.shape)
    print(f"\nreshape in place of transpose: {np.sum(scrambled != small)} of {small.size} numbers at a wrong place")

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.3 filter
#
# `filter` holds the independent parameters $\omega_{\mu\nu}^{(l)}$. $\nu$ says to which feature map (output channel) a weight leads. $\mu$ says which weight of that map it is, and that is a place in the patch: a row, a column
# and a channel. So the table $\omega_{\mu\nu}$ is reshaped to
#
# `shape(filter) = [filter_height, filter_width, input_channels(depth), output_channels]`
#
# that is $(R, S, C, K)$, with $\mu = (r, s, c)$ and $\nu = k$. It has this shape whatever `data_format` says: only images change their order. The notes add that filters are usually square, $R = S$, because nothing distinguishes
# the directions of an image. It is a habit, not a rule, and a program must not rely on it.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.3 filter
#
# `filter` 对应独立参数 $\omega_{\mu\nu}^{(l)}$。$\nu$ 表示这个权重通向哪个 feature map（output channel）；$\mu$ 表示它是这个 feature map 的哪一个权重，也就是在 patch 中的位置：行、列和通道。所以 $\omega_{\mu\nu}$ 可以 reshape 成
#
# `shape(filter) = [filter_height, filter_width, input_channels(depth), output_channels]`
#
# 即 $(R, S, C, K)$，其中 $\mu = (r, s, c)$，$\nu = k$。不管 `data_format` 是什么，它都是这个形状：改变顺序的只是图像。讲义说一般取 `filter_height = filter_width`，即 $R = S$，因为图像的两个方向应该同等对待。这是习惯，不是规则，程序不能依赖它。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# With both indices written out, the notes' sum over $j$ becomes ($s_h, s_w$ are the strides; zeros stand around $a$ where padding asks for them):
#
# $$z_{mi} - b_i = \sum_j a_{mj} W_{ji} \qquad\longrightarrow\qquad z_{m\,p\,q\,k} - \beta_k = \sum_{r,s,c} a_{m,\; p\,s_h + r,\; q\,s_w + s,\; c}\;\; \omega_{r\,s\,c\,k}$$
#
# The indices of $a$ have a plus sign: this is the *cross-correlation* of notebook 3. TensorFlow calls it a convolution and **turns nothing round**.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 把两个下标都写开，讲义中对 $j$ 的求和就成为（$s_h, s_w$ 是步长；需要补零的地方，$a$ 的四周是零）：
#
# $$z_{mi} - b_i = \sum_j a_{mj} W_{ji} \qquad\longrightarrow\qquad z_{m\,p\,q\,k} - \beta_k = \sum_{r,s,c} a_{m,\; p\,s_h + r,\; q\,s_w + s,\; c}\;\; \omega_{r\,s\,c\,k}$$
#
# $a$ 的下标里是加号：这正是第 3 课的*互相关*。TensorFlow 把它叫卷积，**但什么都不翻转**。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.4 strides
#
# A patch is a piece of the image that one output number sees. `strides` says how far a patch moves:
#
# `strides = [batch_step, height_step, width_step, channel_step]`
#
# Four numbers, in the order of the axes of `input` (so in NCHW the two steps stand last). Every image and every channel must be visited, therefore `batch_step = channel_step = 1`. The notes say that one *usually chooses* so.
# It is not a choice: TensorFlow refuses anything else, for strides as well as for dilations. Usually `height_step = width_step`, too, because both directions of an image count alike; this time it *is* a choice.
#
# `dilations` is written in the same way. An entry $d$ spreads the filter: it still has $k$ entries, but covers $k' = d(k-1) + 1$ pixels, the *effective window*.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.4 strides
#
# 一个输出的数看到的那一小块图像叫 patch。`strides` 说 patch 每次平移多远：
#
# `strides = [batch_step, height_step, width_step, channel_step]`
#
# 四个数，顺序与 `input` 的轴相同（所以 NCHW 时，两个步长排在最后）。所有 batch 和所有 channel 都要遍历，所以 `batch_step = channel_step = 1`。讲义说“一般选定”如此。其实没有选择的余地：不是 1，TensorFlow 就拒绝，`dilations` 也一样。此外一般取 `height_step = width_step`，因为图像的两个方向应该同等对待；这一条才真的可以选。
#
# `dilations` 的写法相同。某个方向为 $d$ 时，滤波器被拉开：仍然是 $k$ 个元素，但跨 $k' = d(k-1) + 1$ 个像素，这叫*有效窗口*。

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.5 padding
#
# Two words. **"VALID"**: no zeros; only patches that lie in the image. The notes give
#
# $$\text{output\_width} = \frac{\text{input\_width} - \text{filter\_width}}{\text{width\_step}} + 1$$
#
# $$\text{output\_height} = \frac{\text{input\_height} - \text{filter\_height}}{\text{height\_step}} + 1$$
#
# **"SAME"**: zeros are put around the image, so that, say the notes, output_height = input_height and output_width = input_width.
#
# Both sentences are true in the most common cases. Before you read on, try to break them with the sliders: find a stride for which "SAME" is not the same, and one for which "VALID" is not a whole number.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.5 padding
#
# 两个词。**“VALID”**：不补零，只取完全落在图内的 patch。讲义给出
#
# $$\text{output\_width} = \frac{\text{input\_width} - \text{filter\_width}}{\text{width\_step}} + 1$$
#
# $$\text{output\_height} = \frac{\text{input\_height} - \text{filter\_height}}{\text{height\_step}} + 1$$
#
# **“SAME”**：在图像四周补零，使得（按讲义的说法）output_height = input_height，output_width = input_width。
#
# 在最常见的情形下，两句话都对。先别往下读，用滑块试着推翻它们：找一个步长，使 “SAME” 并不相同；再找一个，使 “VALID” 的公式得不到整数。

# %% slideshow={"slide_type": "subslide"}
explore(
    padded_axis,
    {
        "padding": "padding",
        "n": "input n | 输入 n",
        "k": "filter k | 滤波器 k",
        "stride": "stride s | 步长 s",
        "dilation": "dilation d | 膨胀率 d",
    },
    padding={"SAME": "SAME", "VALID": "VALID"},
    n=(1, 12, 1, 6),
    k=(1, 6, 1, 3),
    stride=(1, 5, 1, 2),
    dilation=(1, 3, 1, 1),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# What TensorFlow does, on each axis for itself, with $n$ pixels, stride $s$ and effective window $k' = d(k - 1) + 1$:
#
# $$P_\text{SAME} = \left\lceil \frac{n}{s} \right\rceil, \qquad P_\text{VALID} = \left\lfloor \frac{n - k'}{s} \right\rfloor + 1 .$$
#
# "SAME" fixes the *number of positions* first, and it equals $n$ for $s = 1$ only. Then it adds the zeros that these positions need: the last window begins at $(P - 1)s$ and must end before the last zero, so
#
# $$\text{total} = \max\big((P - 1)\,s + k' - n,\; 0\big), \qquad \text{before} = \left\lfloor \frac{\text{total}}{2} \right\rfloor, \qquad \text{after} = \text{total} - \text{before}.$$
#
# An odd total cannot be shared fairly: the extra zero stands **after** (below, or on the right).

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# TensorFlow 的做法如下，每个方向各算各的：$n$ 个像素，步长 $s$，有效窗口 $k' = d(k - 1) + 1$，
#
# $$P_\text{SAME} = \left\lceil \frac{n}{s} \right\rceil, \qquad P_\text{VALID} = \left\lfloor \frac{n - k'}{s} \right\rfloor + 1 .$$
#
# “SAME” 先定下*位置的个数*，只有 $s = 1$ 时它才等于 $n$。然后补上这些位置所需要的零：最后一个窗口从 $(P - 1)s$ 开始，不能超出最后一个零，所以
#
# $$\text{total} = \max\big((P - 1)\,s + k' - n,\; 0\big), \qquad \text{before} = \left\lfloor \frac{\text{total}}{2} \right\rfloor, \qquad \text{after} = \text{total} - \text{before}.$$
#
# 总数是奇数时没法平分：多出来的那个零补在**后面**（下方或右侧）。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Three things surprise people. The zeros depend on $n$: with $k = 3$ and $s = 2$, six pixels get (0, 1) and seven get (1, 1). With a stride larger than the window the total would be negative; then nothing is added (and nothing is cut off).
# And PyTorch's `padding=1` is *not* "SAME" with stride 2: it always puts a zero on both sides. Weights that move from one library to the other then see an image shifted by a pixel; the challenge at the end is about that.
#
# **Exercise 3.** Write `same_padding`.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 有三点出人意料。补几个零与 $n$ 有关：$k = 3$、$s = 2$ 时，六个像素补 (0, 1)，七个像素补 (1, 1)。步长比窗口大时，总数会算出负数；这时什么都不补（也不裁掉什么）。还有，步长为 2 时，PyTorch 的 `padding=1` *不等于* “SAME”：它总是两侧各补一个零。把权重从一个库搬到另一个库，看到的图像就错开了一个像素；最后的挑战讲的就是这件事。
#
# **练习 3.** 写出 `same_padding`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "same_padding", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_padding(n, k, stride, dilation):
    """Zeros that TensorFlow's "SAME" adds before and after one axis.

    n pixels, k entries of the filter; all integers of 1 or more.
    Returns (before, after), two integers: the odd zero after, and none at all where the total would be negative.

    >>> same_padding(6, 3, 2, 1)
    (0, 1)
    """
    ### BEGIN SOLUTION
    positions = -(-n // stride)
    total = max((positions - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-same_padding", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("same_padding(n, k, stride, dilation) -> before, after", same_padding, points=5)
sheet.values("5 pixels, filter 3 | 5 个像素，滤波器 3", 5, 3, 1, 1, expect={"before": 1, "after": 1})
sheet.values("the odd zero goes after | 多出的零补在后面", 6, 4, 1, 1, expect={"before": 1, "after": 2})
sheet.values("stride 2, six pixels | 步长 2，六个像素", 6, 3, 2, 1, expect={"before": 0, "after": 1})
sheet.values("stride 2, seven pixels | 步长 2，七个像素", 7, 3, 2, 1, expect={"before": 1, "after": 1})
sheet.values(
    "a stride larger than the filter | 步长大于滤波器",
    10,
    2,
    5,
    1,
    expect={"before": 0, "after": 0},
    weight=2,
)
sheet.values("a filter spread by 2 | 拉开到 2 的滤波器", 7, 3, 1, 2, expect={"before": 2, "after": 2})
### BEGIN HIDDEN TESTS
sheet.hidden()

# the tap r of a filter with a single 1 copies pixel p · stride + r · dilation − before: that is how TensorFlow was asked
FROZEN_PADDING = """TensorFlow 2.21.0, 2026-11-25
5 | 3 | 1 | 1 | 1 1
5 | 2 | 1 | 1 | 0 1
6 | 4 | 1 | 1 | 1 2
2 | 5 | 1 | 1 | 2 2
7 | 1 | 1 | 1 | 0 0
6 | 3 | 2 | 1 | 0 1
7 | 3 | 2 | 1 | 1 1
6 | 2 | 2 | 1 | 0 0
7 | 2 | 2 | 1 | 0 1
8 | 5 | 3 | 1 | 1 2
9 | 5 | 3 | 1 | 1 1
10 | 5 | 3 | 1 | 2 2
8 | 4 | 3 | 1 | 1 1
7 | 1 | 3 | 1 | 0 0
9 | 1 | 4 | 1 | 0 0
10 | 2 | 5 | 1 | 0 0
1 | 4 | 2 | 1 | 1 2
7 | 3 | 1 | 2 | 2 2
8 | 2 | 1 | 3 | 1 2
9 | 4 | 1 | 2 | 3 3
10 | 3 | 2 | 3 | 2 3
11 | 3 | 2 | 3 | 3 3
9 | 2 | 4 | 2 | 1 1
28 | 5 | 1 | 4 | 8 8
224 | 7 | 2 | 1 | 2 3
"""
for line in FROZEN_PADDING.splitlines()[1:]:
    n, k, stride, dilation, before, after = map(int, line.replace("|", "").split())
    sheet.values(
        described(sheet, n, k, stride, dilation),
        n,
        k,
        stride,
        dilation,
        expect={"before": before, "after": after},
        weight=0.4,
    )
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# What do the notes say, what does TensorFlow do, what do you get? A filter of 3 with "SAME"; the number of output pixels of $n$ input pixels:

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 讲义怎么说，TensorFlow 怎么做，你得到多少？滤波器为 3，“SAME”；$n$ 个输入像素的输出像素数：

# %% slideshow={"slide_type": "fragment"}
TENSORFLOW_SIZES = """TensorFlow 2.21.0, 2026-11-25
5 1 5
6 1 6
7 1 7
8 1 8
5 2 3
6 2 3
7 2 4
8 2 4
5 3 2
6 3 2
7 3 3
8 3 3
5 4 2
6 4 2
7 4 2
8 4 2
"""
with when_done():
    print("  n  s   notes  TensorFlow  yours")
    for line in TENSORFLOW_SIZES.splitlines()[1:]:
        n, stride, positions = map(int, line.split())
        yours = (n + sum(same_padding(n, 3, stride, 1)) - 3) // stride + 1
        print(f"  {n}  {stride}   {n:5d}  {positions:10d}  {yours:5d}   {'' if n == positions else '← not the same'}")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 4.** Write `conv_output_shape`: the shape of `output`, before anything is computed,
#
# `shape(output) = [batch_size, output_height, output_width, output_channels(depth)]`
#
# with its axes in the order of `data_format`. It is also the place to refuse what makes no sense. (One detail to know, not to copy: where the filter is too large by less than a stride, TensorFlow returns an *empty* image with 0 rows. Errors are better;
# either is accepted in that case.)

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 4.** 写出 `conv_output_shape`：什么都还没算，就先说出 `output` 的形状
#
# `shape(output) = [batch_size, output_height, output_width, output_channels(depth)]`
#
# 各轴按 `data_format` 的顺序。没有意义的参数也应当在这里拒绝。（有个细节知道就好，不必照抄：滤波器只比图像大出不到一个步长时，TensorFlow 返回一张 0 行的*空*图。报错更好；这种情形两种做法都算对。）


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "conv_output_shape", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_output_shape(input_shape, filter_shape, strides, padding, data_format):
    """Shape of tf.nn.conv2d's output.

    input_shape: four integers in the order of data_format ("NHWC", "NCHW" or "NWHC"); filter_shape: (R, S, C, K);
    strides: four integers in the order of data_format; padding: "SAME" or "VALID".
    Returns four integers in the order of data_format. On each axis P = ceil(H / s) for "SAME" and
    P = floor((H - R) / s) + 1 for "VALID".
    Raises ValueError for an unknown padding or data_format, for a batch or channel step that is not 1, for an image
    whose channels are not the filter's C, and for a filter that does not fit.

    >>> conv_output_shape((2, 5, 6, 3), (3, 2, 3, 4), (1, 2, 2, 1), "VALID", "NHWC")
    (2, 2, 3, 4)
    """
    ### BEGIN SOLUTION
    if data_format not in {"NHWC", "NCHW", "NWHC"} or padding not in {"SAME", "VALID"}:
        raise ValueError(f"unknown data_format {data_format!r} or padding {padding!r}")
    n, h, w, c = (data_format.index(axis) for axis in "NHWC")
    if strides[n] != 1 or strides[c] != 1:
        raise ValueError(f"strides {strides}: the steps of batch and channels must be 1")
    if input_shape[c] != filter_shape[2]:
        raise ValueError(f"{input_shape[c]} channels, but a filter for {filter_shape[2]}")
    shape = list(input_shape)
    shape[c] = filter_shape[3]
    for axis, window in ((h, filter_shape[0]), (w, filter_shape[1])):
        if padding == "SAME":
            shape[axis] = -(-input_shape[axis] // strides[axis])
        elif window > input_shape[axis]:
            raise ValueError(f"a filter of {window} does not fit on {input_shape[axis]} pixels")
        else:
            shape[axis] = (input_shape[axis] - window) // strides[axis] + 1
    return tuple(shape)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-conv_output_shape", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet(
    "conv_output_shape(input_shape, filter_shape, strides, padding, data_format) -> shape", conv_output_shape, points=6
)
for title, *arguments, shape in (
    ("SAME, stride 1 | SAME，步长 1", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "SAME", "NHWC", (2, 5, 6, 4)),
    ("SAME, strides 2 and 4 | SAME，步长 2 和 4", (2, 5, 6, 3), (3, 2, 3, 4), (1, 2, 4, 1), "SAME", "NHWC", (2, 3, 2, 4)),
    ("VALID, stride 1 | VALID，步长 1", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "VALID", "NHWC", (2, 3, 5, 4)),
    ("VALID, a stride that does not divide | VALID，步长不整除", (1, 8, 6, 1), (3, 2, 1, 7), (1, 2, 3, 1), "VALID", "NHWC", (1, 3, 2, 7)),
    ("NCHW: channels, and the strides, stand elsewhere | NCHW：通道和步长的位置不同", (2, 3, 5, 6), (3, 2, 3, 4), (1, 1, 2, 1), "VALID", "NCHW", (2, 4, 2, 5)),
    ("NWHC: width before height | NWHC：宽在高之前", (2, 6, 5, 3), (3, 2, 3, 4), (1, 3, 1, 1), "VALID", "NWHC", (2, 2, 3, 4)),
):  # fmt: skip
    sheet.values(title, *arguments, expect=shape)
sheet.raises("a batch step of 2 | batch 步长为 2", (2, 5, 6, 3), (3, 2, 3, 4), (2, 1, 1, 1), "SAME", "NHWC", weight=0.5)
sheet.raises("padding “FULL” | padding 为 “FULL”", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "FULL", "NHWC")
### BEGIN HIDDEN TESTS
sheet.hidden()
FROZEN_SHAPES = """TensorFlow 2.21.0, 2026-11-25
2 28 26 1 | 5 4 1 6 | 1 1 1 1 | SAME | NHWC | 2 28 26 6
2 28 26 1 | 5 4 1 6 | 1 1 1 1 | VALID | NHWC | 2 24 23 6
1 32 25 3 | 3 3 3 4 | 1 2 2 1 | SAME | NHWC | 1 16 13 4
1 32 25 3 | 3 3 3 4 | 1 2 2 1 | VALID | NHWC | 1 15 12 4
3 11 14 2 | 4 3 2 5 | 1 3 2 1 | SAME | NHWC | 3 4 7 5
3 11 14 2 | 4 3 2 5 | 1 3 2 1 | VALID | NHWC | 3 3 6 5
2 12 7 3 | 2 2 3 4 | 1 5 3 1 | SAME | NHWC | 2 3 3 4
2 12 7 3 | 2 2 3 4 | 1 5 3 1 | VALID | NHWC | 2 3 2 4
1 4 3 2 | 6 5 2 3 | 1 1 2 1 | SAME | NHWC | 1 4 2 3
4 6 5 3 | 6 5 3 2 | 1 2 2 1 | VALID | NHWC | 4 1 1 2
2 3 13 10 | 3 2 3 5 | 1 1 2 3 | SAME | NCHW | 2 5 7 4
2 3 13 10 | 3 2 3 5 | 1 1 2 3 | VALID | NCHW | 2 5 6 3
"""
for line in FROZEN_SHAPES.splitlines()[1:]:
    *arguments, shape = (part if part.isalpha() else tuple(map(int, part.split())) for part in line.split(" | "))
    sheet.values(described(sheet, *arguments), *arguments, expect=shape, weight=0.5)


def positions_counted(input_shape, filter_shape, strides, padding, data_format):
    """Windows put down one after the other; with SAME every stride-th pixel begins one."""
    size, step = dict(zip(data_format, input_shape)), dict(zip(data_format, strides))
    reach = {"H": filter_shape[0], "W": filter_shape[1]} if padding == "VALID" else {"H": 1, "W": 1}
    size |= {axis: len(range(reach[axis], size[axis] + 1, step[axis])) for axis in "HW"} | {"C": filter_shape[3]}
    return tuple(size[axis] for axis in data_format)


for padding in ("SAME", "VALID"):
    sheet.values(
        f"NWHC, {padding}", (3, 10, 7, 2), (2, 3, 2, 5), (1, 3, 2, 1), padding, "NWHC", expect=positions_counted
    )
for title, *arguments in (
    ("a channel step of 3 | channel 步长为 3", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 3), "SAME", "NHWC"),
    ("a channel step of 2 in NCHW | NCHW 中 channel 步长为 2", (2, 3, 5, 6), (3, 2, 3, 4), (1, 2, 1, 1), "VALID", "NCHW"),
    ("a filter for other channels | 通道数不符的滤波器", (2, 5, 6, 3), (3, 2, 2, 4), (1, 1, 1, 1), "SAME", "NHWC"),
    ("other channels, NCHW | 通道数不符，NCHW", (2, 3, 5, 6), (3, 2, 5, 4), (1, 1, 1, 1), "SAME", "NCHW"),
    ("padding in small letters | 小写的 padding", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "same", "NHWC"),
    ("a filter taller than the image | 滤波器比图像高", (2, 2, 6, 3), (5, 2, 3, 4), (1, 1, 1, 1), "VALID", "NHWC"),
    ("a filter wider than the image | 滤波器比图像宽", (2, 6, 3, 3), (2, 6, 3, 4), (1, 1, 1, 1), "VALID", "NHWC"),
    ("three letters are no layout | 三个字母不是排列", (2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "SAME", "NHW"),
):  # fmt: skip
    sheet.raises(title, *arguments, weight=0.5)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The same calls to TensorFlow and to you, for an input (2, 5, 6, 3) and a filter (3, 2, 3, 4). Read TensorFlow's own words; does your function agree?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 同样的调用，分别交给 TensorFlow 和你的函数：输入 (2, 5, 6, 3)，滤波器 (3, 2, 3, 4)。读一读 TensorFlow 的原话；你的函数同意吗？

# %% slideshow={"slide_type": "subslide"}
TENSORFLOW_SAYS = """TensorFlow 2.21.0, 2026-11-25
(1, 1, 1, 1) | SAME | NHWC |  | (2, 5, 6, 4)
(1, 2, 2, 1) | SAME | NHWC |  | (2, 3, 3, 4)
(1, 2, 2, 1) | VALID | NHWC |  | (2, 2, 3, 4)
(1, 2, 3, 1) | VALID | NHWC |  | (2, 2, 2, 4)
(2, 1, 1, 1) | SAME | NHWC |  | UnimplementedError: Current implementation does not yet support strides in the batch and depth dimensions.
(1, 1, 1, 3) | SAME | NHWC |  | UnimplementedError: Current implementation does not yet support strides in the batch and depth dimensions.
(1, 1, 1, 1) | same | NHWC |  | InvalidArgumentError: Value for attr 'padding' of "same" is not in the list of allowed values: "SAME", "VALID", "EXPLICIT"
(1, 1, 1, 1) | FULL | NHWC |  | InvalidArgumentError: Value for attr 'padding' of "FULL" is not in the list of allowed values: "SAME", "VALID", "EXPLICIT"
(1, 1, 1, 1) | SAME | NWHC |  | InvalidArgumentError: Value for attr 'data_format' of "NWHC" is not in the list of allowed values: "NHWC", "NCHW"
(1, 1, 1, 1) | SAME | NHWC | use_cudnn_on_gpu=True | TypeError: Got an unexpected keyword argument 'use_cudnn_on_gpu'
"""
with when_done():
    conv_output_shape((2, 5, 6, 3), (3, 2, 3, 4), (1, 1, 1, 1), "SAME", "NHWC")
    for line in TENSORFLOW_SAYS.splitlines()[1:]:
        steps, padding, data_format, extra, outcome = line.split(" | ")
        strides = tuple(int(step) for step in steps.strip("()").split(","))
        try:
            yours = conv_output_shape((2, 5, 6, 3), (3, 2, 3, 4), strides, padding, data_format)
        except Exception as error:
            yours = f"{type(error).__name__}: {error}"
        print(f"strides={steps} {padding} {data_format} {extra}\n    TensorFlow: {outcome}\n    you:        {yours}")

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Two lines differ, and should: NWHC, which your functions know and TensorFlow does not; and `use_cudnn_on_gpu`, an argument that your function never sees.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 有两行不同，也应当不同：NWHC 你的函数认得，TensorFlow 不认得；`use_cudnn_on_gpu` 这个参数，你的函数根本看不到。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** The notes say: with "SAME" the output is as large as the input, and with "VALID" it has (input − filter)/step + 1 pixels. (a) For which strides is each sentence true? Give a counterexample for each, with the right size.
# (b) "SAME" with $k = 3$, $s = 2$ on 224 pixels: how many zeros, and on which side? And on 225 pixels? (c) A photograph is turned round by 180°, then convolved with "SAME", a symmetric filter with $k = 3$ and $s = 2$; is the result
# the turned result of the original? Distinguish 224 from 225 pixels.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 讲义说：“SAME” 时输出与输入一样大；“VALID” 时输出有 (input − filter)/step + 1 个像素。（a）这两句话各对哪些步长成立？各举一个反例，并写出正确的大小。（b）“SAME”，$k = 3$，$s = 2$，224 个像素：补几个零，补在哪一侧？225 个像素呢？（c）把照片旋转 180°，再用对称的滤波器做 “SAME” 卷积，$k = 3$，$s = 2$；所得的结果，是不是原图的结果旋转 180°？224 和 225 个像素分别讨论。

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-padding", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) SAME: output = input for stride 1 only (or n = 1); in general ceil(n / s), e.g. n = 6, s = 2 gives 3 (1 point). VALID: exact only where the stride divides n − k; in general floor((n − k) / s) + 1, e.g. n = 8, k = 3,
# s = 2 gives 3, not 3.5 (1 point). (b) 224: P = 112, total = 111 · 2 + 3 − 224 = 1, so no zero before and one after; 225: P = 113, total = 2, one on each side (1 point). (c) 225: yes, padding and
# positions are symmetric. 224: no; turning the picture would put the single zero before; windows begin at the other pixels (the even ones instead of the odd ones), so the result sees other patches (1 point).
#
# （a）SAME：只有步长为 1（或 n = 1）时输出等于输入；一般是 ceil(n / s)，例如 n = 6、s = 2 得 3（1 分）。VALID：只有步长整除 n − k 时才精确；一般是 floor((n − k) / s) + 1，例如 n = 8、k = 3、s = 2 得 3，不是 3.5（1 分）。
# （b）224：P = 112，总数 = 111·2 + 3 − 224 = 1，前面不补，后面补一个；225：P = 113，总数为 2，两侧各一个（1 分）。
# （c）225：是，补零和窗口位置都对称。224：不是；旋转图像相当于把那一个零放到前面，窗口从另一批像素开始，看到的是另外的 patch（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.6 strides and padding tie $W_{ji}$ to $\omega_{\mu\nu}$
#
# This is the sentence of the notes that the whole comparison leads to: *strides and padding describe the correspondence between $W_{ji}^{(l)}$ and $\omega_{\mu\nu}^{(l)}$*. Take it literally, on one axis, with one channel and one map. Pixel $j$ and output
# $i$ are joined by a wire ⟨ji⟩ if pixel $j$ lies in window $i$. The window begins at pixel $i\,s - \text{before}$, so the wire carries entry
#
# $$\mu = j + \text{before} - i\,s, \qquad W_{ji} = \begin{cases} \omega_\mu & \text{if } 0 \le \mu < k \\ \text{no wire (0)} & \text{otherwise.} \end{cases}$$
#
# That is all. `strides` and `padding` do not occur anywhere else; once this table is known they can be forgotten.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.6 strides 和 padding 把 $W_{ji}$ 与 $\omega_{\mu\nu}$ 对应起来
#
# 整个比较最后归结为讲义的这句话：*strides 和 padding 参数是用来描述 $W_{ji}^{(l)}$ 和 $\omega_{\mu\nu}^{(l)}$ 之间对应关系的*。我们就照字面来理解，先看一个方向，一个通道，一个特征图。像素 $j$ 落在窗口 $i$ 里，它们之间就有一根连线 ⟨ji⟩。窗口从像素 $i\,s - \text{before}$ 开始，所以连线上的权重是
#
# $$\mu = j + \text{before} - i\,s, \qquad W_{ji} = \begin{cases} \omega_\mu & \text{若 } 0 \le \mu < k \\ \text{没有连线（0）} & \text{其他情形} \end{cases}$$
#
# 全部内容就是这些。`strides` 和 `padding` 不再出现在别的任何地方；有了这张表，就可以把它们忘掉。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Each colour below is one independent weight $\omega_\mu$. Left the wires, right the matrix $W_{ji}$. Move the stride: the columns of the matrix drift apart. Change the padding: they shift, and wires that would come from a zero vanish. What
# happens to the number of wires, and what to the number of weights? Which pixels have fewer wires than others, and what does that mean for their gradient?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 下图每种颜色是一个独立的权重 $\omega_\mu$。左边是连线，右边是矩阵 $W_{ji}$。移动步长：矩阵的各列彼此拉开。改变 padding：各列错动，从零引出的连线消失。连线的根数怎样变，权重的个数怎样变？哪些像素的连线比别的少，这对它们的梯度意味着什么？

# %% slideshow={"slide_type": "fragment"}
explore(
    connections,
    {
        "padding": "padding",
        "n": "input n | 输入 n",
        "k": "filter k | 滤波器 k",
        "stride": "stride s | 步长 s",
        "output": "output i | 输出 i",
    },
    padding={"SAME": "SAME", "VALID": "VALID"},
    n=(3, 10, 1, 7),
    k=(1, 5, 1, 3),
    stride=(1, 4, 1, 2),
    output=(0, 9, 1, 1),
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 5.** Write `shared_weights`, the table of $\mu$ for every $j$ and $i$, and −1 where there is no wire.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 5.** 写出 `shared_weights`：每个 $j$、$i$ 对应的 $\mu$ 的表，没有连线的地方写 −1。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "shared_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shared_weights(n, k, stride, padding):
    """Which entry of the filter stands on the wire from pixel j to output i, on one axis.

    n pixels, k entries of the filter, integers; padding: "SAME" or "VALID".
    Returns an integer array (n, P): mu = j + before - i * stride if that is an entry of the filter, otherwise -1.

    >>> shared_weights(4, 3, 1, "VALID")
    array([[ 0, -1],
           [ 1,  0],
           [ 2,  1],
           [-1,  2]])
    """
    ### BEGIN SOLUTION
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-shared_weights", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("shared_weights(n, k, stride, padding) -> mu", shared_weights, points=5)
sheet.values(
    "VALID, stride 1: each column one lower | VALID，步长 1：每列低一格",
    4,
    3,
    1,
    "VALID",
    expect=np.array([[0, -1], [1, 0], [2, 1], [-1, 2]]),
)
sheet.values(
    "SAME, stride 1: three outputs, two of them at a border | SAME，步长 1：三个输出，两个在边上",
    3,
    3,
    1,
    "SAME",
    expect=np.array([[1, 0, -1], [2, 1, 0], [-1, 2, 1]]),
)
sheet.values(
    "SAME, stride 2: no zero before | SAME，步长 2：前面不补零",
    4,
    3,
    2,
    "SAME",
    expect=np.array([[0, -1], [1, -1], [2, 0], [-1, 1]]),
)
sheet.values(
    "VALID, stride 2, a pixel without a wire | VALID，步长 2，有个像素没有连线",
    4,
    1,
    2,
    "VALID",
    expect=np.array([[0, -1], [-1, -1], [-1, 0], [-1, -1]]),
)
### BEGIN HIDDEN TESTS
sheet.hidden()

# each pixel alone through a filter with the entries 1, 2, ..., k; less 1
FROZEN_WIRES = """TensorFlow 2.21.0, 2026-11-25
4 | 3 | 1 | SAME | 4 4
1 0 -1 -1 2 1 0 -1 -1 2 1 0 -1 -1 2 1

5 | 2 | 1 | SAME | 5 5
0 -1 -1 -1 -1 1 0 -1 -1 -1 -1 1 0 -1 -1 -1 -1 1 0 -1 -1 -1 -1 1 0

6 | 3 | 2 | SAME | 6 3
0 -1 -1 1 -1 -1 2 0 -1 -1 1 -1 -1 2 0 -1 -1 1

7 | 4 | 3 | SAME | 7 3
1 -1 -1 2 -1 -1 3 0 -1 -1 1 -1 -1 2 -1 -1 3 0 -1 -1 1

9 | 5 | 3 | SAME | 9 3
1 -1 -1 2 -1 -1 3 0 -1 4 1 -1 -1 2 -1 -1 3 0 -1 4 1 -1 -1 2 -1 -1 3

8 | 6 | 4 | SAME | 8 2
1 -1 2 -1 3 -1 4 0 5 1 -1 2 -1 3 -1 4

5 | 1 | 2 | SAME | 5 3
0 -1 -1 -1 -1 -1 -1 0 -1 -1 -1 -1 -1 -1 0

2 | 5 | 1 | SAME | 2 2
2 1 3 2

5 | 3 | 1 | VALID | 5 3
0 -1 -1 1 0 -1 2 1 0 -1 2 1 -1 -1 2

8 | 3 | 2 | VALID | 8 3
0 -1 -1 1 -1 -1 2 0 -1 -1 1 -1 -1 2 0 -1 -1 1 -1 -1 2 -1 -1 -1

7 | 2 | 3 | VALID | 7 2
0 -1 1 -1 -1 -1 -1 0 -1 1 -1 -1 -1 -1

3 | 3 | 1 | VALID | 3 1
0 1 2
"""
for arguments, table in tensorflow_cases(FROZEN_WIRES, arrays=0):
    sheet.values(described(sheet, *arguments), *arguments, expect=table.astype(int), weight=0.5)


def wire_by_wire(n, k, stride, padding):
    """Walk over the windows and write down which entry falls on which pixel."""
    P = len(range(0, n, stride)) if padding == "SAME" else len(range(0, n - k + 1, stride))
    zeros = max((P - 1) * stride + k - n, 0)
    table = np.full((n, P), -1)
    for i in range(P):
        for mu in range(k):
            j = i * stride + mu - zeros // 2 * (padding == "SAME")
            if 0 <= j < n:
                table[j, i] = mu
    return table


sheet.values("SAME, an even filter, stride 3 | SAME，偶数滤波器，步长 3", 11, 6, 3, "SAME", expect=wire_by_wire)
sheet.values("VALID, leftover pixels | VALID，有剩余的像素", 12, 5, 3, "VALID", expect=wire_by_wire)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.7 output: the whole function
#
# Now everything together. For each axis: the zeros (exercise 3), the number of positions (exercise 4), and the rule of 6.6 for what stands on which wire:
#
# $$z_{mpqk} = \sum_{r,s,c} x^{\text{pad}}_{m,\; p\,s_h + r\,d_h,\; q\,s_w + s\,d_w,\; c}\;\; \omega_{rsck}$$
#
# **Exercise 6.** Write `conv2d` with all six arguments. Your own functions may do most of the work: what has `conv_output_shape` to be told so that it is right for a dilated filter? Beware of the order of `strides` and `dilations` in NCHW.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.7 output：完整的函数
#
# 现在把一切合起来。每个方向上：补多少零（练习 3），有多少个位置（练习 4），以及 6.6 节的规则，哪根连线上是哪个权重：
#
# $$z_{mpqk} = \sum_{r,s,c} x^{\text{pad}}_{m,\; p\,s_h + r\,d_h,\; q\,s_w + s\,d_w,\; c}\;\; \omega_{rsck}$$
#
# **练习 6.** 写出有六个参数的 `conv2d`。大部分工作可以交给你自己写的函数：要告诉 `conv_output_shape` 什么，它才对膨胀的滤波器也成立？小心 NCHW 时 `strides` 和 `dilations` 的顺序。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(input, filter, strides, padding, data_format, dilations):
    """tf.nn.conv2d: a cross-correlation, nothing is flipped, no bias.

    input: four axes in the order of data_format ("NHWC", "NCHW" or "NWHC"); filter: (R, S, C, K), always;
    strides, dilations: four integers in the order of data_format, with 1 for batch and channels;
    padding: "SAME" or "VALID".
    Returns an array of conv_output_shape, with its axes in the order of data_format.
    Raises ValueError for what conv_output_shape refuses, and for a dilation of batch or channels that is not 1.

    >>> row = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 4, 1)
    >>> conv2d(row, np.array([1.0, 10.0]).reshape(1, 2, 1, 1), (1, 1, 1, 1), "SAME", "NHWC", (1, 1, 1, 1)).ravel()
    array([21., 32., 43.,  4.])
    """
    ### BEGIN SOLUTION
    x = to_nhwc(input, data_format)
    n, h, w, c = (data_format.index(axis) for axis in "NHWC")
    if dilations[n] != 1 or dilations[c] != 1:
        raise ValueError(f"dilations {dilations}: batch and channels must have 1")
    (R, S, _, K), (v, u), (down, across) = filter.shape, (strides[h], strides[w]), (dilations[h], dilations[w])
    effective = (down * (R - 1) + 1, across * (S - 1) + 1, *filter.shape[2:])
    shape = conv_output_shape(input.shape, effective, strides, padding, data_format)
    if padding == "SAME":
        rows, columns = same_padding(x.shape[1], R, v, down), same_padding(x.shape[2], S, u, across)
        x = np.pad(x, ((0, 0), rows, columns, (0, 0)))
    output = np.zeros((len(x), shape[h], shape[w], K))
    for r in range(R):
        for s in range(S):
            output += x[:, r * down :: v, s * across :: u][:, : shape[h], : shape[w]] @ filter[r, s]
    return from_nhwc(output, data_format)
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-conv2d", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("conv2d(input, filter, strides, padding, data_format, dilations) -> output", conv2d, points=9)
row = np.arange(1.0, 7.0).reshape(1, 1, 6, 1)
taps = np.array([1.0, 10.0, 100.0]).reshape(1, 3, 1, 1)
ones = (1, 1, 1, 1)
sheet.values(
    "SAME by hand: a zero on each side | 手算 SAME：两侧各一个零",
    row,
    taps,
    ones,
    "SAME",
    "NHWC",
    ones,
    expect=np.array([210.0, 321, 432, 543, 654, 65]).reshape(1, 1, 6, 1),
)
sheet.values(
    "SAME by hand, stride 2: one zero, on the right | 手算 SAME，步长 2：一个零，在右边",
    row,
    taps,
    (1, 1, 2, 1),
    "SAME",
    "NHWC",
    ones,
    expect=np.array([321.0, 543, 65]).reshape(1, 1, 3, 1),
)
sheet.values(
    "SAME by hand, a stride larger than the filter: no zero, nothing cut | 手算 SAME，步长大于滤波器：不补零，也不裁掉",
    row,
    np.array([[[[10.0]]]]),
    (1, 1, 3, 1),
    "SAME",
    "NHWC",
    ones,
    expect=np.array([10.0, 40]).reshape(1, 1, 2, 1),
)
sheet.values(
    "VALID by hand, dilation 2 | 手算 VALID，膨胀率 2",
    row,
    taps,
    ones,
    "VALID",
    "NHWC",
    (1, 1, 2, 1),
    expect=np.array([531.0, 642]).reshape(1, 1, 2, 1),
)
sheet.values(
    "NWHC by hand: the row is a column now | 手算 NWHC：行变成了列",
    row.transpose(0, 2, 1, 3),
    taps,
    (1, 2, 1, 1),
    "SAME",
    "NWHC",
    ones,
    expect=np.array([321.0, 543, 65]).reshape(1, 3, 1, 1),
)
sheet.values(
    "two channels, two maps | 两个通道，两个特征图",
    np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
    np.array([[[[1.0, 0.0], [10.0, -1.0]]]]),
    ones,
    "SAME",
    "NHWC",
    ones,
    expect=[[[[21.0, -2.0], [43.0, -4.0]]]],
)
SMALL_CONV2D = """TensorFlow 2.21.0, 2026-11-25
1 4 5 1 | 3 2 1 1 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 1 4 5 1
14 -80 19 18 28 22 137 -20 -67 -6 54 -83 -12 85 22 -154 -67 -25 -56 -17

1 4 5 1 | 3 2 1 1 | 1 2 2 1 | SAME | NHWC | 1 1 1 1 | 1 2 3 1
-14 16 -41 -72 -32 -6

1 5 6 1 | 2 3 1 1 | 1 2 1 1 | VALID | NHWC | 1 1 1 1 | 1 2 4 1
93 -77 77 36 7 85 -128 72

1 1 5 4 | 3 3 1 1 | 1 1 1 1 | SAME | NCHW | 1 1 1 2 | 1 1 5 4
78 -132 117 -22 102 -20 138 34 -70 30 60 76 -6 89 -20 102 -71 67 53 23
"""
for arguments, result in tensorflow_cases(SMALL_CONV2D, arrays=2):
    sheet.values(described(sheet, *arguments), *arguments, expect=result)
sheet.raises("a batch step of 2 | batch 步长为 2", row, taps, (2, 1, 1, 1), "SAME", "NHWC", ones)
### BEGIN HIDDEN TESTS
sheet.hidden()

FROZEN_CONV2D = """TensorFlow 2.21.0, 2026-11-25
2 4 5 2 | 3 2 2 1 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 2 4 5 1
-46 21 63 -66 -89 89 -46 -86 -92 -18 -16 -124 138 67 -26 111 -58 5 -6 39 68 130 14 11 1 90 -60 111 70 -80 -51 -57 -82
27 131 91 45 -67 6 47

1 5 4 2 | 2 3 2 2 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 1 5 4 2
9 -35 64 13 -90 -102 -93 -41 -9 22 -107 -184 -106 -102 -200 -70 -1 -178 -112 -102 -110 31 -80 -99 29 4 136 -126 -58 8
57 36 28 76 8 -28 10 -2 30 46

1 4 6 1 | 4 2 1 2 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 1 4 6 2
-68 3 159 73 -168 94 5 -37 -96 -126 120 -68 33 16 -91 30 -143 -147 89 -40 109 1 55 95 40 62 -178 3 162 55 -49 27 193
-9 -95 6 -80 -58 49 -76 -12 112 -33 64 -32 96 -5 -51

1 2 3 3 | 5 4 3 2 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 1 2 3 2
-78 163 -134 -53 10 -28 -141 -67 -39 -150 6 -65

2 1 6 2 | 1 4 2 2 | 1 1 1 1 | SAME | NHWC | 1 1 1 1 | 2 1 6 2
37 93 -64 -81 123 43 -92 -10 -22 6 58 25 87 36 -13 23 -24 -6 34 61 93 57 -28 -39

1 6 7 2 | 3 3 2 3 | 1 2 2 1 | SAME | NHWC | 1 1 1 1 | 1 3 4 3
85 163 -118 163 -61 144 -33 -123 -235 -191 123 51 -38 -52 118 128 178 -196 205 -171 286 85 159 -154 -89 -29 205 21 80
-199 65 -60 -9 17 -10 194

1 7 6 2 | 3 3 2 3 | 1 2 2 1 | SAME | NHWC | 1 1 1 1 | 1 4 3 3
148 -178 114 171 49 -96 -13 50 -60 -151 -22 41 214 -28 26 45 -89 -32 -34 -64 29 -15 113 102 132 -123 64 171 -316 -138
53 30 236 72 77 -40

2 6 8 1 | 2 3 1 2 | 1 2 3 1 | SAME | NHWC | 1 1 1 1 | 2 3 3 2
119 -55 96 75 -57 54 -63 142 132 8 -81 -36 -75 3 -56 141 -84 -12 62 -84 -18 8 45 12 -83 203 -74 103 -36 -84 -22 61 135
-21 98 27

2 7 9 3 | 4 5 3 2 | 1 3 2 1 | SAME | NHWC | 1 1 1 1 | 2 3 5 2
-138 -98 86 238 199 -200 52 3 21 45 120 -107 -188 -115 -74 214 114 -83 81 -87 -122 -78 71 258 34 162 -134 124 227 72
172 -169 -50 267 -66 -62 -9 115 -77 164 59 137 204 92 36 255 -56 69 -46 -255 -40 157 92 -14 -10 126 177 12 181 67

1 8 7 2 | 5 4 2 2 | 1 3 2 1 | SAME | NHWC | 1 1 1 1 | 1 3 4 2
115 30 -212 0 -36 -374 -220 61 17 191 -74 -157 243 -194 -58 321 -116 142 26 181 106 -109 148 -201

2 7 5 2 | 1 2 2 3 | 1 3 2 1 | SAME | NHWC | 1 1 1 1 | 2 3 3 3
0 74 1 -1 -57 10 67 -64 -50 -34 66 21 52 -22 -50 13 -40 -14 46 -58 -30 47 -74 -39 83 -54 -58 92 -29 -48 -63 61 27 60
-78 -48 -13 96 28 22 -63 -18 -40 -25 20 14 42 5 -48 19 27 -82 45 56

1 9 8 3 | 1 1 3 2 | 1 4 3 1 | SAME | NHWC | 1 1 1 1 | 1 3 3 2
17 24 5 28 66 -123 57 -92 67 -68 -10 28 49 -95 -9 47 41 -67

2 6 5 1 | 2 2 1 3 | 1 4 1 1 | SAME | NHWC | 1 1 1 1 | 2 2 5 3
-34 -45 84 -7 -51 -13 -66 57 55 115 -93 -8 27 108 -114 -114 -99 99 78 -81 35 36 150 -44 -55 -57 -30 1 -21 43 -106 36
69 -34 -42 107 -171 36 94 27 -126 115 9 45 -55 -13 -72 126 95 -72 -95 38 48 -105 -36 39 24 -11 -39 37

2 4 5 3 | 3 2 3 3 | 1 1 1 1 | VALID | NHWC | 1 1 1 1 | 2 2 4 3
-20 -82 -28 -79 -63 218 4 -57 121 78 -6 50 -27 186 78 62 -188 -1 11 52 12 85 17 -21 -9 -14 -57 126 85 59 22 124 188
136 -91 -13 -142 81 174 48 -13 27 -127 -9 -89 8 9 137

1 6 5 2 | 2 4 2 4 | 1 1 1 1 | VALID | NHWC | 1 1 1 1 | 1 5 2 4
-108 -51 108 -77 90 -4 -64 -70 0 -85 27 135 287 229 -18 200 -226 -56 156 82 -4 26 35 -5 -139 -231 -31 -15 203 30 -202
-2 -62 -147 -32 71 195 39 -228 -15

2 8 7 2 | 3 2 2 2 | 1 2 3 1 | VALID | NHWC | 1 1 1 1 | 2 3 2 2
21 0 75 -107 25 -150 58 -213 84 -88 -88 -43 -20 79 58 -53 -82 23 137 -50 -156 5 69 -70

1 9 11 3 | 3 2 3 2 | 1 3 2 1 | VALID | NHWC | 1 1 1 1 | 1 3 5 2
10 -138 -39 4 -223 -18 -27 80 99 -42 123 128 27 -108 -22 -146 27 59 100 -16 27 -6 174 125 -151 -17 92 85 103 -46

2 7 6 1 | 2 1 1 3 | 1 3 4 1 | VALID | NHWC | 1 1 1 1 | 2 2 2 3
36 30 22 40 36 20 6 36 -48 24 12 28 -40 -42 -10 50 54 10 20 12 20 32 30 14

3 3 4 2 | 3 4 2 2 | 1 1 1 1 | VALID | NHWC | 1 1 1 1 | 3 1 1 2
-9 -42 -25 -35 -14 -142

2 7 6 2 | 3 2 2 1 | 1 1 1 1 | SAME | NHWC | 1 2 3 1 | 2 7 6 1
-78 128 3 55 -7 -57 -48 -92 148 -36 -110 93 21 104 27 -150 40 101 -73 2 -35 14 -36 -24 -165 131 71 7 95 89 -115 77 133
89 -27 -186 5 45 -52 17 36 -36 69 125 30 81 77 -28 17 117 233 30 74 78 6 26 42 118 -68 39 -19 80 95 -13 -142 159 -3
-14 89 -39 -47 30 32 -50 -52 -5 60 -48 77 -107 89 -115 135 -39

1 6 8 1 | 2 3 1 2 | 1 1 1 1 | SAME | NHWC | 1 3 2 1 | 1 6 8 2
31 6 -10 30 -41 -40 40 39 -13 7 39 26 -22 -16 91 49 150 63 -72 13 39 74 109 23 -146 35 30 -52 13 69 19 54 73 -60 -16
-120 70 -64 96 -79 181 148 66 -59 -116 -42 -23 30 -40 -68 41 114 13 -19 -238 -40 91 36 -158 107 53 -8 -3 81 -64 40 -24
68 -61 -6 -100 4 -15 69 -29 -26 -96 36 8 27 -18 -2 52 -59 5 14 79 -53 -32 -17 101 -51 24 -55 96 12

1 7 9 2 | 3 2 2 2 | 1 2 1 1 | SAME | NHWC | 1 1 3 1 | 1 4 9 2
-7 -39 -89 41 24 -4 -55 93 48 -7 97 113 -95 2 67 -74 40 -3 -37 111 45 -95 80 157 21 184 124 -98 -85 -1 21 144 52 16
-118 -70 -3 0 -22 -74 -36 143 -88 37 -57 -67 34 3 -131 -44 -96 0 -10 9 -2 -51 -79 -19 -8 42 -20 -111 -37 22 -41 33 66
-70 69 -93 -106 63

1 8 7 2 | 2 3 2 3 | 1 2 2 1 | SAME | NHWC | 1 2 2 1 | 1 4 4 3
7 127 153 120 13 171 154 -11 73 -60 149 -24 82 -183 -42 29 54 -48 17 -46 -68 -105 36 65 -42 -42 -42 6 -98 -41 -41 -188
-123 -114 -19 -63 -132 184 26 -33 92 47 32 -1 41 81 -82 -8

2 7 8 2 | 3 2 2 2 | 1 1 1 1 | VALID | NHWC | 1 2 3 1 | 2 3 5 2
21 105 -136 -151 19 182 -82 -22 -113 -27 -70 -54 111 96 112 -91 -46 -9 -23 81 155 -26 -171 -65 130 115 39 30 -4 110
127 113 89 311 -148 -226 -37 -103 -69 49 -160 -165 28 24 -205 -166 16 27 -15 -42 153 -58 5 -136 5 -27 128 -17 49 101

1 9 10 1 | 2 3 1 2 | 1 2 3 1 | VALID | NHWC | 1 4 2 1 | 1 3 2 2
-32 63 12 -75 58 -5 22 8 73 -2 -19 -75

2 3 4 5 | 3 2 3 2 | 1 1 1 1 | SAME | NCHW | 1 1 1 1 | 2 2 4 5
-39 87 52 -38 43 76 -62 -239 -118 71 -84 145 30 -8 -20 63 -32 80 4 69 -14 -103 -138 25 16 9 -30 131 151 -64 0 -36 41
152 -36 95 -130 -179 -18 -27 40 36 59 207 -90 -56 147 19 -13 59 157 -119 179 55 -28 151 28 -111 44 105 80 -137 83 -186
22 170 -178 155 -314 29 32 -74 -60 -75 31 -157 -23 210 -147 -37

1 2 6 5 | 3 4 2 3 | 1 1 2 1 | SAME | NCHW | 1 1 1 1 | 1 3 3 5
-93 69 -18 -113 -127 -124 -398 172 -104 25 -285 -68 -95 -43 -36 40 -94 -124 -100 -164 40 -90 -80 -125 -141 -164 -192
-104 -205 -13 49 196 -23 195 -126 -38 168 73 207 -79 63 -222 216 7 -42

2 2 7 8 | 2 3 2 3 | 1 1 3 2 | VALID | NCHW | 1 1 1 1 | 2 3 2 3
61 -145 -74 -42 -125 3 1 -58 -2 -174 -20 -162 -165 75 -16 -29 331 -278 57 -16 19 99 45 -53 -59 125 -8 46 10 -23 -162 4
137 -164 176 -89

1 4 7 6 | 3 2 4 2 | 1 1 1 1 | VALID | NCHW | 1 1 2 3 | 1 2 3 3
58 -8 -10 305 52 -45 70 77 -114 -65 280 -144 -307 86 -115 -87 292 -159

2 2 6 7 | 2 3 2 1 | 1 1 1 2 | SAME | NCHW | 1 1 2 1 | 2 1 6 4
46 -94 105 -36 -25 28 23 -4 11 -53 107 -37 2 9 16 -152 -74 25 3 13 6 38 18 -64 -10 12 69 12 24 129 -196 102 -68 83 6
-66 3 -3 -81 33 43 -19 -26 -47 30 -48 -27 49
"""
for arguments, result in tensorflow_cases(FROZEN_CONV2D, arrays=2):
    sheet.values(described(sheet, *arguments), *arguments, expect=result, weight=0.4)


def dense_matrix(input, filter, strides, padding, data_format, dilations):
    """The notes' W_ji in full: one matrix for the rows, one for the columns, each made of wires."""
    x = np.moveaxis(input, [data_format.index(axis) for axis in "NHWC"], range(4))
    tables = []
    for n, k, letter in zip(x.shape[1:3], filter.shape, "HW"):
        step, spread = strides[data_format.index(letter)], dilations[data_format.index(letter)]
        span = spread * (k - 1) + 1
        P = -(-n // step) if padding == "SAME" else (n - span) // step + 1
        zeros = max((P - 1) * step + span - n, 0) // 2 if padding == "SAME" else 0
        tables.append(np.zeros((n, P, k)))
        for i, mu in np.ndindex(P, k):
            if 0 <= (j := i * step + mu * spread - zeros) < n:
                tables[-1][j, i, mu] = 1
    z = np.einsum("mhwc,hpr,wqs,rsck->mpqk", x, *tables, filter, optimize=True)
    return np.moveaxis(z, range(4), [data_format.index(axis) for axis in "NHWC"])


for title, shape, taps_shape, strides, padding, data_format, dilations in (
    ("NWHC, SAME, all strides differ | NWHC，SAME，步长各不相同", (2, 7, 6, 3), (3, 2, 3, 4), (1, 3, 2, 1), "SAME", "NWHC", ones),
    ("NWHC, VALID, dilated | NWHC，VALID，膨胀", (2, 9, 7, 2), (2, 3, 2, 3), ones, "VALID", "NWHC", (1, 2, 3, 1)),
    ("NCHW, SAME, everything at once | NCHW，SAME，全部同时用上", (2, 3, 7, 10), (3, 2, 3, 2), (1, 1, 2, 3), "SAME", "NCHW", (1, 1, 3, 2)),
    ("NCHW, VALID, everything at once | NCHW，VALID，全部同时用上", (3, 2, 9, 11), (2, 3, 2, 4), (1, 1, 3, 2), "VALID", "NCHW", (1, 1, 2, 3)),
    ("NHWC, SAME, everything at once | NHWC，SAME，全部同时用上", (2, 8, 9, 2), (4, 3, 2, 3), (1, 3, 2, 1), "SAME", "NHWC", (1, 2, 3, 1)),
):  # fmt: skip
    sheet.values(
        title,
        sheet.spaced(*shape),
        sheet.spaced(*taps_shape),
        strides,
        padding,
        data_format,
        dilations,
        expect=dense_matrix,
    )
for title, *arguments in (
    ("a channel step of 3 | channel 步长为 3", (1, 1, 1, 3), "SAME", "NHWC", ones),
    ("a batch dilation of 2 | batch 膨胀率为 2", ones, "SAME", "NHWC", (2, 1, 1, 1)),
    ("a channel dilation of 2 | channel 膨胀率为 2", ones, "VALID", "NHWC", (1, 1, 1, 2)),
    ("padding “FULL” | padding 为 “FULL”", ones, "FULL", "NHWC", ones),
    ("an unknown layout | 未知的排列", ones, "SAME", "nhwc", ones),
):  # fmt: skip
    sheet.raises(title, row, taps, *arguments, weight=0.5)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The same layer twice: with your `conv2d`, and as the notes write it, $z_{mi} = \sum_j a_{mj} W_{ji}$, one large matrix made of the few $\omega_{\mu\nu}$ by your `shared_weights`. The last column says how many numbers are learnt; the one before,
# how many wires there are. Strides and padding change the wires. The weights they leave alone.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 同一层算两遍：一遍用你的 `conv2d`；一遍照讲义的写法 $z_{mi} = \sum_j a_{mj} W_{ji}$，用你的 `shared_weights` 把少数几个 $\omega_{\mu\nu}$ 摆成一个大矩阵。最后一列是要学习的数的个数，倒数第二列是连线的根数。步长和 padding 改变的是连线，权重的个数不变。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    rng = np.random.default_rng(6)
    a, omega = rng.standard_normal((2, 7, 6, 3)), rng.standard_normal((3, 2, 3, 4))
    print("strides  padding  largest difference   size of W    wires  weights")
    for v, h, padding in ((1, 1, "VALID"), (1, 1, "SAME"), (2, 3, "VALID"), (2, 3, "SAME")):
        rows, columns = shared_weights(7, 3, v, padding), shared_weights(6, 2, h, padding)
        mu, nu = rows[:, None, :, None], columns[None, :, None, :]  # (H, 1, P, 1) and (1, W, 1, Q)
        wire = (mu >= 0) & (nu >= 0)
        W = np.where(wire[..., None, None], omega[mu, nu], 0.0)  # (H, W, P, Q, C, K)
        W = W.transpose(0, 1, 4, 2, 3, 5).reshape(a[0].size, -1)
        z = conv2d(a, omega, (1, v, h, 1), padding, "NHWC", (1, 1, 1, 1))
        gap = np.abs(a.reshape(2, -1) @ W - z.reshape(2, -1)).max()
        print(
            f"{v, h}   {padding:5s}  {gap:19.1e}   {W.shape[0]} × {W.shape[1]:3d}  {wire.sum() * 12:7d}  {omega.size:7d}"
        )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.8 The way back: conv2d_transpose
#
# Back propagation sends $\delta$ over the same wires in the other direction (notebook 4): $\delta_{mj} = \sum_i \delta_{mi} W_{ji}$. With $W$ made of $\omega$ this is the *transposed convolution* of notebook 3; TensorFlow uses it as a layer of its own:
#
# `tf.nn.conv2d_transpose(input, filters, output_shape, strides, padding='SAME')`
#
# Its `filters` is (height, width, **output channels, input channels**): the $(R, S, C, K)$ of the convolution whose way back it is, read from the other end. So `input` is $(M, P, Q, K)$ and `output` is $(M, H, W, C)$.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.8 回程：conv2d_transpose
#
# 反向传播让 $\delta$ 沿同样的连线反着走（第 4 课）：$\delta_{mj} = \sum_i \delta_{mi} W_{ji}$。$W$ 由 $\omega$ 摆成时，这就是第 3 课的*转置卷积*；TensorFlow 把它单独做成一种层：
#
# `tf.nn.conv2d_transpose(input, filters, output_shape, strides, padding='SAME')`
#
# 它的 `filters` 是（高，宽，**输出通道，输入通道**）：还是原来那个卷积的 $(R, S, C, K)$，只是从另一头读。所以 `input` 是 $(M, P, Q, K)$，`output` 是 $(M, H, W, C)$。

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# Why does it want `output_shape`? Because the way there forgets something. With $s = 2$, "SAME" makes three positions of *five* pixels and of *six*; from three positions alone nobody can tell which it was. Both are drawn below. The windows see other pixels, and the zeros stand elsewhere.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 它为什么要 `output_shape`？因为去的时候丢了信息。$s = 2$ 时，“SAME” 把*五个*像素变成三个位置，把*六个*也变成三个；只看三个位置，谁也说不出原来是哪一种。下面两种都画出来：窗口看到的像素不同，补的零也不同。

# %% slideshow={"slide_type": "subslide"}
show(
    padded_axis(5, 3, 2, 1, "SAME"),
    alt="five pixels, zeros on both sides, three windows | 五个像素，两侧补零，三个窗口",
)

# %% slideshow={"slide_type": "subslide"}
show(
    padded_axis(6, 3, 2, 1, "SAME"), alt="six pixels, one zero after, three windows | 六个像素，后面补一个零，三个窗口"
)

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 7.** Write `conv2d_transpose`. Each number of `input` lays a filter down, overlaps add up, as in notebook 3; it begins at pixel $p\,s - \text{before}$, and what falls on the zeros is thrown away. An `output_shape` from which the
# convolution would not give the shape of `input` is refused.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **练习 7.** 写出 `conv2d_transpose`。`input` 的每个数铺下一个滤波器，重叠处相加，与第 3 课一样；它从像素 $p\,s - \text{before}$ 开始，落在补零上的部分丢掉。如果对 `output_shape` 做卷积得不到 `input` 的形状，就应当拒绝。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "conv2d_transpose", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d_transpose(input, filter, output_shape, strides, padding):
    """tf.nn.conv2d_transpose: the way back through conv2d, NHWC, without dilation.

    input: (M, P, Q, K); filter: (R, S, C, K), that is (height, width, output channels, input channels);
    output_shape: (M, H, W, C); strides: four integers, batch and channels 1; padding: "SAME" or "VALID".
    Returns an array of output_shape.
    Raises ValueError if conv2d of an image of output_shape would not have the shape of input.

    >>> spread = conv2d_transpose(np.ones((1, 1, 2, 1)), np.ones((1, 3, 1, 1)), (1, 1, 5, 1), (1, 1, 2, 1), "VALID")
    >>> spread.ravel()
    array([1., 1., 2., 1., 1.])
    """
    ### BEGIN SOLUTION
    if conv_output_shape(output_shape, filter.shape, strides, padding, "NHWC") != input.shape:
        raise ValueError(f"conv2d of {output_shape} does not give {input.shape}")
    (M, P, Q, K), (R, S, C, K), (M, H, W, C), (_, v, h, _) = input.shape, filter.shape, output_shape, strides
    rows = same_padding(H, R, v, 1) if padding == "SAME" else (0, 0)
    columns = same_padding(W, S, h, 1) if padding == "SAME" else (0, 0)
    wide = np.zeros((M, H + sum(rows), W + sum(columns), C))
    for r in range(R):
        for s in range(S):
            wide[:, r : r + (P - 1) * v + 1 : v, s : s + (Q - 1) * h + 1 : h] += input @ filter[r, s].T
    return wide[:, rows[0] : rows[0] + H, columns[0] : columns[0] + W]
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-conv2d_transpose", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("conv2d_transpose(input, filter, output_shape, strides, padding) -> output", conv2d_transpose, points=7)
delta = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1)
taps = np.array([1.0, 10.0, 100.0]).reshape(1, 3, 1, 1)
sheet.values(
    "VALID, stride 2: filters overlap | VALID，步长 2：滤波器有重叠",
    delta,
    taps,
    (1, 1, 7, 1),
    (1, 1, 2, 1),
    "VALID",
    expect=np.array([1.0, 10, 102, 20, 203, 30, 300]).reshape(1, 1, 7, 1),
)
sheet.values(
    "SAME, stride 2, back to six pixels | SAME，步长 2，回到六个像素",
    delta,
    taps,
    (1, 1, 6, 1),
    (1, 1, 2, 1),
    "SAME",
    expect=np.array([1.0, 10, 102, 20, 203, 30]).reshape(1, 1, 6, 1),
)
sheet.values(
    "SAME, stride 2, back to five pixels | SAME，步长 2，回到五个像素",
    delta,
    taps,
    (1, 1, 5, 1),
    (1, 1, 2, 1),
    "SAME",
    expect=np.array([10.0, 102, 20, 203, 30]).reshape(1, 1, 5, 1),
)
sheet.values(
    "VALID, back to a pixel that no window met | VALID，回到一个没有窗口遇到的像素",
    delta,
    taps,
    (1, 1, 8, 1),
    (1, 1, 2, 1),
    "VALID",
    expect=np.array([1.0, 10, 102, 20, 203, 30, 300, 0]).reshape(1, 1, 8, 1),
)
sheet.values(
    "two maps of input, three channels of output | 输入两个图，输出三个通道",
    np.array([[[[2.0, 5.0]]]]),
    np.array([[[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]]]),
    (1, 1, 1, 3),
    (1, 1, 1, 1),
    "SAME",
    expect=[[[[52.0, 104.0, 156.0]]]],
)
sheet.raises(
    "no three positions from seven pixels | 七个像素得不出三个位置",
    delta,
    taps,
    (1, 1, 7, 1),
    (1, 1, 2, 1),
    "SAME",
    weight=0.5,
)
### BEGIN HIDDEN TESTS
sheet.hidden()

FROZEN_TRANSPOSED = """TensorFlow 2.21.0, 2026-11-25
1 2 2 1 | 2 3 2 1 | 1 3 4 2 | 1 1 1 1 | VALID | 1 3 4 2
4 6 1 7 -8 2 0 0 -20 -30 -10 -33 54 -10 -8 2 -24 -36 52 -12 -38 33 5 -5

2 2 2 3 | 3 2 2 3 | 2 4 3 2 | 1 1 1 1 | VALID | 2 4 3 2
33 -71 68 11 -18 38 10 -44 -65 101 41 -122 -38 35 -74 15 144 32 -34 -17 96 1 -80 16 -51 85 4 -21 42 -68 19 56 189 -18
109 -13 62 113 -12 47 -25 -19 67 20 -69 -81 20 10

1 2 2 1 | 3 2 2 1 | 1 5 7 2 | 1 2 3 1 | VALID | 1 5 7 2
-6 -8 -5 0 0 0 30 40 25 0 0 0 0 0 5 1 -3 9 0 0 -25 -5 15 -45 0 0 0 0 -42 -67 -31 -4 0 0 -60 -25 -70 20 0 0 0 0 40 8
-24 72 0 0 25 5 -15 45 0 0 0 0 48 -24 72 -32 0 0 30 -15 45 -20 0 0 0 0

1 2 3 3 | 3 2 2 3 | 1 6 8 2 | 1 2 3 1 | VALID | 1 6 8 2
-3 3 -60 -25 0 0 40 90 -5 50 0 0 -20 -45 -58 52 -62 -30 -38 -11 0 0 -50 -30 -20 -5 0 0 58 4 32 -69 52 30 -56 105 0 0
-17 -65 92 10 0 0 -6 105 74 -70 20 -8 18 -38 0 0 46 22 32 15 0 0 -76 -30 -40 20 -56 -42 80 -68 0 0 -45 -25 49 -38 0 0
11 -67 -40 24 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0

2 2 2 2 | 4 3 1 2 | 2 7 4 1 | 1 3 1 1 | VALID | 2 7 4 1
-5 -40 -55 -44 -24 -85 -133 -74 14 43 53 57 -25 -74 -185 -87 8 29 -38 -3 -16 7 117 3 -78 -105 -87 27 23 22 63 -4 64 91
110 -9 -47 10 -82 7 41 -53 179 -13 16 -75 -116 31 -23 122 -34 -25 -84 59 -28 -9

1 3 2 2 | 1 2 3 2 | 1 8 5 3 | 1 3 2 1 | VALID | 1 8 5 3
91 -14 0 -21 70 112 75 -18 35 -55 34 88 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -33 6 -5 13
-22 -40 15 -6 20 -25 -2 16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -49 14 -35 49 -14 -56 77
-10 -10 -7 66 96 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0

1 3 2 2 | 2 2 1 2 | 1 9 7 1 | 1 3 4 1 | VALID | 1 9 7 1
42 39 0 0 24 20 0 3 75 0 0 4 36 0 0 0 0 0 0 0 0 -3 1 0 0 -60 -51 0 -4 6 0 0 -9 -93 0 0 0 0 0 0 0 0 -3 -2 0 0 36 34 0
-1 -3 0 0 2 66 0 0 0 0 0 0 0 0

3 1 1 2 | 3 2 2 2 | 3 3 2 2 | 1 1 1 1 | VALID | 3 3 2 2
-33 -1 46 26 -16 -20 -47 -4 32 36 -1 5 39 33 -93 -33 3 -15 126 -93 69 12 -42 60 -25 -19 57 21 -3 7 -76 53 -37 -4 24
-34

2 1 2 4 | 2 3 1 4 | 2 2 5 1 | 1 2 2 1 | VALID | 2 2 5 1
-114 56 188 -18 0 -7 28 -68 67 47 3 -52 -55 78 21 -110 18 -21 5 -8

1 4 5 2 | 3 2 2 2 | 1 4 5 2 | 1 1 1 1 | SAME | 1 4 5 2
62 -3 -57 5 12 -51 -66 96 -99 -84 20 24 -71 -53 127 -9 -114 -38 179 -85 80 -71 221 17 95 -36 90 -11 -47 58 62 -17 -23
78 21 -8 -27 36 104 -49

2 5 3 2 | 2 4 1 2 | 2 5 3 1 | 1 1 1 1 | SAME | 2 5 3 1
23 12 44 -49 5 -62 -54 -157 24 -183 130 17 11 120 -24 -54 131 -9 61 -105 7 30 9 -152 8 -5 54 -37 191 -118

1 3 3 3 | 3 3 2 3 | 1 5 6 2 | 1 2 2 1 | SAME | 1 5 6 2
59 -89 -18 -25 -18 131 54 66 5 -42 74 57 28 11 16 -70 78 -36 21 22 23 79 33 206 -53 73 26 35 -42 -96 -72 -66 124 3 89
78 72 -31 90 -68 -11 -38 -58 -66 76 23 51 147 -59 3 -130 -123 74 88 35 15 -80 -73 -48 -25

1 3 3 3 | 3 3 2 3 | 1 6 5 2 | 1 2 2 1 | SAME | 1 6 5 2
47 54 23 -15 33 -100 -64 -8 85 -66 43 -51 -15 83 -73 67 93 85 -61 60 -44 -142 -181 -90 30 -68 -126 41 -12 162 -122 123
67 -6 -5 -8 42 -82 111 -113 43 -36 125 1 -131 -88 2 112 20 -38 28 -36 -25 -5 -32 45 11 -18 -57 41

2 3 2 2 | 4 3 1 2 | 2 6 4 1 | 1 2 3 1 | SAME | 2 6 4 1
-6 -42 4 0 -103 32 13 16 15 18 -12 -21 -35 126 12 48 -4 39 19 75 56 69 -7 -34 18 0 24 0 4 -58 16 78 -29 43 -10 -18 59
-25 0 -13 20 -19 -28 -10 -34 -111 -1 -7

1 3 4 2 | 2 5 1 2 | 1 7 8 1 | 1 3 2 1 | SAME | 1 7 8 1
-34 39 104 -22 -63 41 -3 -16 -6 -97 26 51 -8 -13 -22 -2 0 0 0 0 0 0 0 0 6 64 59 129 12 139 -73 60 2 -43 23 -22 -24 -47
-75 -73 0 0 0 0 0 0 0 0 6 39 27 128 -36 91 -42 28

1 3 3 1 | 5 2 2 1 | 1 8 7 2 | 1 3 3 1 | SAME | 1 8 7 2
10 -15 40 -5 0 0 18 -27 72 -9 0 0 -2 3 20 20 5 0 0 0 36 36 9 0 0 0 -4 -4 60 -29 -24 19 0 0 65 8 -26 17 0 0 40 -67 6 1
-66 -38 0 0 28 -24 -50 -77 0 0 -22 31 -28 -28 -7 0 0 0 -16 -16 -4 0 0 0 -36 -36 -15 -56 6 1 0 0 -25 -9 10 -6 0 0 -90
27 -36 40 -18 67 0 0 -14 13 16 35 0 0 -18 9 -16 -16 -4 0 0 0 4 4 1 0 0 0 36 36

2 3 3 3 | 1 2 1 3 | 2 7 5 1 | 1 3 2 1 | SAME | 2 7 5 1
91 -51 29 3 -34 0 0 0 0 0 0 0 0 0 0 71 -25 23 5 66 0 0 0 0 0 0 0 0 0 0 93 -27 8 30 -99 -33 39 -70 76 77 0 0 0 0 0 0 0
0 0 0 -27 9 -85 17 -13 0 0 0 0 0 0 0 0 0 0 -9 21 50 -20 -96

1 3 2 2 | 2 1 1 2 | 1 9 6 1 | 1 4 3 1 | SAME | 1 9 6 1
-24 0 0 69 0 0 -24 0 0 15 0 0 0 0 0 0 0 0 0 0 0 0 0 0 38 0 0 -4 0 0 2 0 0 4 0 0 0 0 0 0 0 0 0 0 0 0 0 0 55 0 0 13 0 0

1 2 2 2 | 4 5 3 2 | 1 2 3 3 | 1 1 2 1 | SAME | 1 2 3 3
14 -64 -11 55 -14 -48 -9 -9 -34 93 36 -149 -95 21 36 136 180 14

2 1 3 2 | 1 3 2 2 | 2 1 6 2 | 1 1 2 1 | SAME | 2 1 6 2
-46 8 30 -62 79 10 -18 22 -79 6 42 -74 -13 -4 12 -32 -17 20 27 -55 36 31 -3 11
"""
for arguments, result in tensorflow_cases(FROZEN_TRANSPOSED, arrays=2):
    sheet.values(described(sheet, *arguments), *arguments, expect=result, weight=0.4)


def column_by_column(input, filter, output_shape, strides, padding):
    """Entry j is what the convolution of a single bright pixel j has in common with the input."""
    images = np.eye(np.prod(output_shape[1:])).reshape(-1, *output_shape[1:])
    columns = ops.conv2d(images, filter, strides=strides, padding=padding)
    return np.einsum("mpqk,jpqk->mj", input, columns).reshape(output_shape)


for title, shape, taps_shape, output_shape, strides, padding in (
    ("SAME, odd and even | SAME，奇数和偶数", (2, 3, 4, 4), (3, 2, 3, 4), (2, 5, 8, 3), (1, 2, 2, 1), "SAME"),
    ("VALID, leftovers on both axes | VALID，两个方向都有剩余", (3, 2, 3, 2), (2, 3, 3, 2), (3, 6, 8, 3), (1, 3, 2, 1), "VALID"),
    ("strides larger than the filter, SAME | 步长大于滤波器，SAME", (2, 3, 2, 3), (2, 1, 2, 3), (2, 7, 8, 2), (1, 3, 4, 1), "SAME"),
    ("as many channels in as out | 输入输出通道数相同", (2, 3, 3, 2), (3, 3, 2, 2), (2, 5, 6, 2), (1, 2, 2, 1), "SAME"),
):  # fmt: skip
    sheet.values(
        title, sheet.spaced(*shape), sheet.spaced(*taps_shape), output_shape, strides, padding, expect=column_by_column
    )
sheet.raises("another batch | 批量不同", delta, taps, (2, 1, 5, 1), (1, 1, 2, 1), "SAME", weight=0.5)
sheet.raises(
    "four positions from nine pixels | 九个像素得出四个位置",
    delta,
    taps,
    (1, 1, 9, 1),
    (1, 1, 2, 1),
    "VALID",
    weight=0.3,
)
sheet.raises("a batch step of 2 | batch 步长为 2", delta, taps, (1, 1, 5, 1), (2, 1, 2, 1), "SAME", weight=0.5)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# The proof that it is the way back: $\langle \text{conv2d}(x), \delta \rangle = \langle x, \text{conv2d\_transpose}(\delta) \rangle$ for every $x$ and $\delta$, five pixels or six.

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# 它确实是回程：对任何 $x$ 和 $\delta$，不论五个像素还是六个，都有 $\langle \text{conv2d}(x), \delta \rangle = \langle x, \text{conv2d\_transpose}(\delta) \rangle$。

# %% slideshow={"slide_type": "fragment"}
with when_done():
    rng = np.random.default_rng(6)
    omega, delta_out = rng.standard_normal((3, 3, 2, 4)), rng.standard_normal((1, 3, 3, 4))
    for size in (5, 6):
        x = rng.standard_normal((1, size, size, 2))
        there = np.vdot(conv2d(x, omega, (1, 2, 2, 1), "SAME", "NHWC", (1, 1, 1, 1)), delta_out)
        back = np.vdot(x, conv2d_transpose(delta_out, omega, x.shape, (1, 2, 2, 1), "SAME"))
        print(f"{size} × {size}:  ⟨conv2d(x), δ⟩ = {there:.12f}   ⟨x, conv2d_transpose(δ)⟩ = {back:.12f}")

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## 6.9 The same words for pooling
#
# `tf.nn.max_pool2d(input, ksize, strides, padding)` chooses its patches by the same rule, with a window `ksize = [1, R, S, 1]` in place of the filter. One thing is different. A zero in a sum is harmless; in a maximum it is not: on an image of negative numbers
# a padded zero would win. So padding counts as $-\infty$ here: **a pixel that is not there never wins.** ("SAME" never makes a window without any real pixel. Why?)
#
# **Exercise 8.** Write `max_pool2d`.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 6.9 池化用的是同样的词
#
# `tf.nn.max_pool2d(input, ksize, strides, padding)` 按同样的规则选取 patch，只是用窗口 `ksize = [1, R, S, 1]` 代替滤波器。有一点不同。求和时，零没有影响；取最大值时却有：在全是负数的图像上，补的零会赢。所以这里补的相当于 $-\infty$：**不存在的像素永远不会赢。**（“SAME” 不会产生一个真实像素都没有的窗口，为什么？）
#
# **练习 8.** 写出 `max_pool2d`。


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "max_pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool2d(input, ksize, strides, padding):
    """tf.nn.max_pool2d: the largest number of each window, channel by channel, NHWC.

    input: (M, H, W, C); ksize: (1, R, S, 1), the window; strides: (1, v, h, 1); padding: "SAME" or "VALID".
    Returns an array (M, P, Q, C), with P and Q as in conv_output_shape. What lies outside of the image never wins.
    Raises ValueError for a batch or channel entry that is not 1.

    >>> image = np.array([[-1.0, -2.0, -3.0]]).reshape(1, 1, 3, 1)
    >>> max_pool2d(image, (1, 1, 2, 1), (1, 1, 2, 1), "SAME").ravel()
    array([-1., -3.])
    """
    ### BEGIN SOLUTION
    if ksize[0] != 1 or ksize[3] != 1:
        raise ValueError(f"ksize {ksize}: the window takes one image and one channel at a time")
    (_, R, S, _), (_, v, h, _), (M, H, W, C) = ksize, strides, input.shape
    M, P, Q, C = conv_output_shape(input.shape, (R, S, C, C), strides, padding, "NHWC")
    if padding == "SAME":
        sides = ((0, 0), same_padding(H, R, v, 1), same_padding(W, S, h, 1), (0, 0))
        input = np.pad(input, sides, constant_values=-np.inf)
    output = np.full((M, P, Q, C), -np.inf)
    for r in range(R):
        for s in range(S):
            output = np.maximum(output, input[:, r::v, s::h][:, :P, :Q])
    return output
    ### END SOLUTION


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "test-max_pool2d", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
sheet = Sheet("max_pool2d(input, ksize, strides, padding) -> output", max_pool2d, points=5)
table = np.array([[1.0, 5.0, 2.0, -1.0, -7.0], [3.0, 4.0, 0.0, -2.0, -4.0], [6.0, -8.0, -9.0, -3.0, -5.0]])[
    None, :, :, None
]
sheet.values(
    "VALID: the last column and row are left over | VALID：最后一列和一行剩下",
    table,
    (1, 2, 2, 1),
    (1, 2, 2, 1),
    "VALID",
    expect=[[[[5.0], [2.0]]]],
)
sheet.values(
    "SAME: no zero wins | SAME：补的零不会赢",
    table,
    (1, 2, 2, 1),
    (1, 2, 2, 1),
    "SAME",
    expect=[[[[5.0], [2.0], [-4.0]], [[6.0], [-3.0], [-5.0]]]],
)
sheet.values(
    "windows that overlap, 1 × 3 | 重叠的窗口，1 × 3",
    table,
    (1, 1, 3, 1),
    (1, 2, 1, 1),
    "VALID",
    expect=[[[[5.0], [5.0], [2.0]], [[6.0], [-3.0], [-3.0]]]],
)
sheet.values(
    "each channel for itself | 每个通道各算各的",
    np.array([[[[1.0, -2.0], [-3.0, 4.0]]]]),
    (1, 1, 2, 1),
    (1, 1, 1, 1),
    "VALID",
    expect=[[[[1.0, 4.0]]]],
)
sheet.raises("a window of two images | 跨两张图的窗口", table, (2, 2, 2, 1), (1, 2, 2, 1), "VALID")
### BEGIN HIDDEN TESTS
sheet.hidden()

FROZEN_POOL = """TensorFlow 2.21.0, 2026-11-25
1 4 6 2 | 1 2 2 1 | 1 2 2 1 | VALID | 1 2 3 2
-4 1 -4 -6 -3 1 -1 -1 -11 -2 -3 0

2 7 5 1 | 1 2 2 1 | 1 2 2 1 | VALID | 2 3 2 1
-1 -10 -4 -1 -3 -1 1 -1 -1 -4 -1 -2

1 5 6 3 | 1 3 2 1 | 1 1 1 1 | VALID | 1 3 5 3
-4 1 -4 -1 -5 -5 -1 -3 -11 -3 0 -6 -3 0 -6 -5 1 -4 -1 -7 1 -1 -3 1 -3 -2 -6 -2 -2 -5 -5 1 -10 -1 -7 1 -1 -3 1 -3 -2 -3
1 -2 -5

2 6 8 2 | 1 2 3 1 | 1 3 2 1 | VALID | 2 2 3 2
1 -5 1 -12 1 -10 -2 -1 0 0 -1 -6 1 1 1 1 1 0 -2 0 -1 0 1 -1

1 8 7 2 | 1 3 1 1 | 1 2 4 1 | VALID | 1 3 2 2
-4 -4 -4 -7 -4 -1 -9 -7 -2 0 -2 -11

2 4 3 3 | 1 4 3 1 | 1 1 1 1 | VALID | 2 1 1 3
1 -6 1 -6 1 1

1 9 7 2 | 1 2 2 1 | 1 3 4 1 | VALID | 1 3 2 2
0 1 0 -4 1 -7 1 0 -4 -6 0 -11

1 4 5 2 | 1 2 3 1 | 1 1 1 1 | SAME | 1 4 5 2
-2 0 1 0 1 0 1 0 1 0 -2 0 1 0 1 0 1 0 1 0 -4 -1 1 -1 1 -2 1 -2 -6 -3 -4 -4 -4 -4 -4 -6 -6 -6 -6 -6

2 4 5 2 | 1 2 2 1 | 1 2 2 1 | SAME | 2 2 3 2
-7 0 0 -9 -1 -1 -3 -6 -2 1 -6 -6 -4 -6 -5 -7 -6 -1 -2 1 1 -1 -12 -7

2 5 4 2 | 1 2 2 1 | 1 2 2 1 | SAME | 2 3 2 2
-7 0 -3 -6 1 -7 -5 -8 -11 -3 -16 0 -1 -1 -10 -9 -9 -3 -4 -4 -8 -6 -2 1

1 6 7 3 | 1 3 3 1 | 1 2 2 1 | SAME | 1 3 4 3
1 -1 -4 1 -1 -4 -3 -2 -1 -3 1 -1 0 -5 -3 -1 -4 -2 0 -2 -1 -3 1 -1 -9 -5 0 -1 -7 -2 0 -2 -2 -4 -2 -3

1 7 6 3 | 1 3 3 1 | 1 2 2 1 | SAME | 1 4 3 3
1 1 -2 0 -1 -1 -1 1 -14 1 1 -2 -3 -1 1 -1 0 1 1 -3 -3 0 -5 1 1 0 1 1 1 -9 0 1 -2 1 -3 -4

2 7 8 1 | 1 4 3 1 | 1 3 2 1 | SAME | 2 3 4 1
1 1 1 1 1 -2 -2 1 -4 -1 -7 -10 -4 -4 0 -2 1 1 1 -1 1 1 1 -1

1 8 7 2 | 1 5 4 1 | 1 3 2 1 | SAME | 1 3 4 2
1 -1 1 0 1 0 -6 -6 0 0 0 0 -3 0 -3 -3 0 0 1 0 1 0 -3 0

2 7 5 2 | 1 1 2 1 | 1 3 2 1 | SAME | 2 3 3 2
-1 0 -1 -5 -11 -2 0 -5 -3 -2 -10 -14 -13 1 -1 -6 -7 -13 0 1 -15 -17 -18 -16 -10 -6 -1 -16 -10 -4 -4 -14 -10 -14 -2 1

1 9 8 2 | 1 1 2 1 | 1 4 3 1 | SAME | 1 3 3 2
-6 -19 -10 -5 0 -2 -5 -17 -4 -18 -12 -3 -4 1 -14 -1 -16 -12

2 2 3 2 | 1 5 4 1 | 1 1 1 1 | SAME | 2 2 3 2
-6 -1 -6 -1 -6 -1 -6 -1 -6 -1 -6 -1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 1

2 1 6 2 | 1 1 4 1 | 1 1 1 1 | SAME | 2 1 6 2
1 -5 1 -5 1 -3 -8 -3 -8 -3 -8 -3 0 -1 0 -1 0 1 -6 1 -10 1 -11 1

1 5 6 1 | 1 4 5 1 | 1 2 1 1 | SAME | 1 3 6 1
0 0 0 0 0 0 -4 -1 -1 0 0 0 -4 -1 -1 0 0 0

3 3 2 2 | 1 3 2 1 | 1 1 1 1 | SAME | 3 3 2 2
-9 -3 -9 -17 -3 1 -3 -3 -3 1 -3 -3 -1 -2 -9 -2 -1 0 -5 0 -5 0 -5 0 -7 1 -7 -9 -5 1 -5 -9 -5 1 -5 -10
"""
for arguments, result in tensorflow_cases(FROZEN_POOL, arrays=1, low=-19, high=2):
    sheet.values(described(sheet, *arguments), *arguments, expect=result, weight=0.4)


def pixels_of_each_window(input, ksize, strides, padding):
    """Only pixels that exist are asked."""
    M, H, W, C = input.shape
    sides = []
    for n, k, step in zip((H, W), ksize[1:3], strides[1:3]):
        P = -(-n // step) if padding == "SAME" else (n - k) // step + 1
        first = max((P - 1) * step + k - n, 0) // 2 if padding == "SAME" else 0
        sides.append([slice(max(p * step - first, 0), p * step - first + k) for p in range(P)])
    return np.array([[[m[rows, columns].max(axis=(0, 1)) for columns in sides[1]] for rows in sides[0]] for m in input])


for title, shape, ksize, strides, padding in (
    ("SAME, overlapping, two images | SAME，重叠，两张图", (2, 7, 6, 3), (1, 3, 2, 1), (1, 2, 1, 1), "SAME"),
    ("SAME, even windows | SAME，偶数窗口", (2, 5, 9, 2), (1, 4, 2, 1), (1, 3, 3, 1), "SAME"),
    ("VALID, leftovers on both axes | VALID，两个方向都有剩余", (3, 8, 9, 2), (1, 3, 2, 1), (1, 3, 4, 1), "VALID"),
):  # fmt: skip
    sheet.values(title, sheet.spaced(*shape), ksize, strides, padding, expect=pixels_of_each_window)
    english, chinese = title.split(" | ")
    sheet.values(
        f"{english}, all numbers negative | {chinese}，全是负数",
        sheet.spaced(*shape, low=-9.0, high=-5.0),
        ksize,
        strides,
        padding,
        expect=pixels_of_each_window,
    )
sheet.raises("a batch step of 2 | batch 步长为 2", table, (1, 2, 2, 1), (2, 2, 2, 1), "VALID", weight=0.5)
sheet.raises(
    "a window over rows and channels | 同时跨行与通道的窗口", table, (1, 2, 2, 2), (1, 2, 2, 1), "VALID", weight=0.3
)
### END HIDDEN TESTS
sheet.report()

# %% [markdown] lang="en" slideshow={"slide_type": "subslide"}
# **Written question.** A layer has 10 feature maps with $5 \times 5$ weights each, on a $28 \times 28$ image with one channel, strides $(2, 2)$. (a) How many independent weights $\omega_{\mu\nu}$, how many biases? (b) How many output units
# with "SAME", how many with "VALID"? (c) How many wires ⟨ji⟩ carry the weight in the corner of the filter, $\mu = (0, 0)$, of one map with "VALID"? With "SAME" it is fewer than there are output units of that map: why, and exactly how many?
# (d) What does (c) mean for $\partial C / \partial \omega_{\mu\nu}$?

# %% [markdown] lang="zh" slideshow={"slide_type": "subslide"}
# **问答题.** 某一层有 10 个 feature map，每个 $5 \times 5$ 个权重，输入是单通道的 $28 \times 28$ 图像，步长 $(2, 2)$。（a）独立的权重 $\omega_{\mu\nu}$ 有几个，偏置有几个？（b）“SAME” 和 “VALID” 的输出节点各有几个？（c）“VALID” 时，某个 feature map 有几根连线 ⟨ji⟩ 带着滤波器角上的权重 $\mu = (0, 0)$？“SAME” 时，它比这个 feature map 的输出节点少：为什么，究竟是几根？（d）（c）对 $\partial C / \partial \omega_{\mu\nu}$ 意味着什么？

# %% [markdown] slideshow={"slide_type": "skip"} nbgrader={"grade": true, "grade_id": "written-wires", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# === BEGIN MARK SCHEME ===
#
# (a) 250 weights and 10 biases, 260 parameters, whatever strides and padding are (1 point). (b) SAME: 14 · 14 · 10 = 1960; VALID: floor(23 / 2) + 1 = 12, so 12 · 12 · 10 = 1440 (1 point). (c) VALID: 144, one for each output unit of the
# map, because every window lies in the image. SAME: total = 13 · 2 + 5 − 28 = 3, before 1, after 2; the windows p = 0 begin at pixel −1, so their entry 0 falls on a zero, and there is no wire: 13 · 13 = 169 of 196 (1 point).
# (d) The gradient of ω is the sum over its wires and the batch; a corner weight has fewer terms with SAME than the central weight, which has 196 (1 point).
#
# （a）250 个权重和 10 个偏置，共 260 个参数，与步长、padding 无关（1 分）。（b）SAME：14·14·10 = 1960；VALID：floor(23 / 2) + 1 = 12，12·12·10 = 1440（1 分）。
# （c）VALID：144 根，每个输出节点一根，因为每个窗口都完全在图内。SAME：总数 = 13·2 + 5 − 28 = 3，前 1 后 2；p = 0 的窗口从像素 −1 开始，第 0 个元素落在补的零上，没有连线：13·13 = 169 根，而节点有 196 个（1 分）。
# （d）ω 的梯度是对它的所有连线以及 batch 求和；SAME 时角上的权重求和项比中间的权重（196 项）少（1 分）。
#
# === END MARK SCHEME ===

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Challenge: TensorFlow's padding in PyTorch
#
# Not graded, and beyond the notes. PyTorch's `Conv2d(padding=p)` puts $p$ zeros on *both* sides of an axis, always. How can somebody with only that function get exactly what "SAME" gives, for any $n$, $k$, $s$ and $d$? Pad more than needed, then
# drop the first few pixels of the padded axis, so that its windows begin where TensorFlow's do. Write `symmetric_padding`: the smallest $p$, and how many pixels to drop.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 挑战：在 PyTorch 里得到 TensorFlow 的补零
#
# 不计分，超出讲义。PyTorch 的 `Conv2d(padding=p)` 总是在一个方向的*两侧*各补 $p$ 个零。只有这个函数的人，怎样对任意的 $n$、$k$、$s$、$d$ 得到与 “SAME” 完全一样的结果？先多补一些，再丢掉补零之后最前面的几个像素，使窗口的起点与 TensorFlow 相同。写出 `symmetric_padding`：最小的 $p$，以及要丢掉几个像素。

# %% [markdown] lang="en" slideshow={"slide_type": "skip"}
# The opposite way is a trap that has cost people weeks: weights trained in TensorFlow, used in PyTorch with `padding=1`, give an output of the right *size*. For $k = 3$, $s = 2$ and an even $n$, how far is each window from where it was trained to be?

# %% [markdown] lang="zh" slideshow={"slide_type": "skip"}
# 反过来是个让人白费过好几周的陷阱：在 TensorFlow 里训练的权重，放到 PyTorch 里用 `padding=1`，输出的*大小*是对的。$k = 3$、$s = 2$、$n$ 为偶数时，每个窗口离训练时的位置差多远？


# %% slideshow={"slide_type": "skip"} nbgrader={"grade": false, "grade_id": "symmetric_padding", "locked": false, "schema_version": 3, "solution": true, "task": false}
def symmetric_padding(n, k, stride, dilation):
    """TensorFlow's "SAME" with p zeros on both sides: (p, number of pixels to drop at the beginning)."""
    ### BEGIN SOLUTION
    before, after = same_padding(n, k, stride, dilation)
    return after, after - before
    ### END SOLUTION


# %% slideshow={"slide_type": "fragment"}
with when_done():
    rng = np.random.default_rng(6)
    unit = (1, 1, 1, 1)
    for n, k, stride, dilation in ((224, 3, 2, 1), (225, 3, 2, 1), (10, 4, 1, 1), (11, 3, 2, 3), (9, 1, 4, 1)):
        x, omega = rng.standard_normal((1, 1, n, 1)), rng.standard_normal((1, k, 1, 1))
        p, drop = symmetric_padding(n, k, stride, dilation)
        padded = np.pad(x, ((0, 0), (0, 0), (p, p), (0, 0)))[:, :, drop:]
        steps, spread = (1, 1, stride, 1), (1, 1, dilation, 1)
        wanted = conv2d(x, omega, steps, "SAME", "NHWC", spread)
        got = conv2d(padded, omega, steps, "VALID", "NHWC", spread)
        fits = got.shape == wanted.shape and np.allclose(got, wanted)
        print(
            f"n = {n:3d}  k = {k}  s = {stride}  d = {dilation}:  p = {p}, drop {drop}:  {'the same' if fits else 'not the same'}"
        )

# %% [markdown] lang="en" slideshow={"slide_type": "slide"}
# ## Further reading
#
# * TensorFlow's API documentation, *tf.nn*, "Notes on padding": the formulas of 6.5 in the authors' own words; and the page of `tf.nn.conv2d` for today's arguments.
# * V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*, 2016, arXiv:1603.07285. Section 2: the sizes; section 4.6: why a transposed convolution must be told its output size.
# * S. Chetlur and others, *cuDNN: Efficient primitives for deep learning*, 2014, arXiv:1410.0759. Table 1: the numbers that describe a convolution layer; section 3: the matrix product, without ever storing the large matrix.
# * K. Chellapilla, S. Puri, P. Simard, *High performance convolutional neural networks for document processing*, IWFHR 2006. Convolution unrolled to a matrix product, forwards and backwards: the origin of the trick.

# %% [markdown] lang="zh" slideshow={"slide_type": "slide"}
# ## 延伸阅读
#
# * TensorFlow 的 API 文档，*tf.nn* 的 “Notes on padding”：作者自己写的 6.5 节的公式；今天有哪些参数，见 `tf.nn.conv2d` 的页面。
# * V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*, 2016, arXiv:1603.07285。第 2 节讲大小；第 4.6 节讲转置卷积为什么必须知道输出的大小。
# * S. Chetlur 等, *cuDNN: Efficient primitives for deep learning*, 2014, arXiv:1410.0759。表 1：描述一个卷积层的那些数；第 3 节：怎样做矩阵乘法而不必存下那个大矩阵。
# * K. Chellapilla, S. Puri, P. Simard, *High performance convolutional neural networks for document processing*, IWFHR 2006。把卷积展开成矩阵乘法，前向和反向都是：这个技巧的出处。
