"""Every window as one-hot patches that are added up."""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    hot = np.eye(size[0] * size[1])[winner] * delta[..., None]
    for p in range(delta.shape[1]):
        for q in range(delta.shape[2]):
            patch = hot[:, p, q].transpose(0, 2, 1).reshape(len(dx), size[0], size[1], -1)
            i, j = p * stride[0], q * stride[1]
            dx[:, i : i + size[0], j : j + size[1]] += patch
    return dx
