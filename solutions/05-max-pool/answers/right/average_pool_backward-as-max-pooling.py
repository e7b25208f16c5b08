"""R · S max poolings back, one for each entry as the winner."""


def average_pool_backward(delta, x_shape, size, stride):
    area = size[0] * size[1]
    parts = [
        np.asarray(max_pool_backward(delta / area, np.full(delta.shape, k), x_shape, size, stride)) for k in range(area)
    ]
    return np.sum(parts, axis=0)
