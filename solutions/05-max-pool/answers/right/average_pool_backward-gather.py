"""Pixel by pixel: which windows cover it?"""


def average_pool_backward(delta, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for i in range(x_shape[1]):
        for j in range(x_shape[2]):
            for p in range(delta.shape[1]):
                for q in range(delta.shape[2]):
                    if 0 <= i - p * stride[0] < size[0] and 0 <= j - q * stride[1] < size[1]:
                        dx[:, i, j] += delta[:, p, q]
    return dx / (size[0] * size[1])
