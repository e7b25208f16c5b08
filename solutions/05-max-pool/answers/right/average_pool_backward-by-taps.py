"""One entry of the window at a time, all positions at once."""


def average_pool_backward(delta, x_shape, size, stride):
    dx = np.zeros(x_shape)
    share = delta / (size[0] * size[1])
    for r in range(size[0]):
        for s in range(size[1]):
            rows = slice(r, r + (delta.shape[1] - 1) * stride[0] + 1, stride[0])
            columns = slice(s, s + (delta.shape[2] - 1) * stride[1] + 1, stride[1])
            dx[:, rows, columns] += share
    return dx
