"""A mask for each entry of the window, all positions at once."""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    _, P, Q, _ = delta.shape
    for number in range(size[0] * size[1]):
        r, s = number // size[1], number % size[1]
        rows = slice(r, r + stride[0] * (P - 1) + 1, stride[0])
        columns = slice(s, s + stride[1] * (Q - 1) + 1, stride[1])
        dx[:, rows, columns] += np.where(winner == number, delta, 0)
    return dx
