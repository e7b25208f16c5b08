"""Pixel by pixel: which windows did it win?"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    M, H, W, C = x_shape
    dx = np.zeros((M, H, W, C))
    for p in range(delta.shape[1]):
        for q in range(delta.shape[2]):
            row = p * stride[0] + winner[:, p, q] // size[1]
            column = q * stride[1] + winner[:, p, q] % size[1]
            for i in range(H):
                for j in range(W):
                    dx[:, i, j] += delta[:, p, q] * ((row == i) & (column == j))
    return dx
