"""np.pad with a list."""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, [[0, 0], [pad_h] * 2, [pad_w] * 2, [0, 0]], mode="constant", constant_values=0)
