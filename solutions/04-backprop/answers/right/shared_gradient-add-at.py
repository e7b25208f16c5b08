"""np.add.at over all pairs of pixels."""


def shared_gradient(dW, R, S, height, width):
    Q = width - S + 1
    j, i = np.indices(dW.shape)
    r, s = j // width - i // Q, j % width - i % Q
    inside = (r >= 0) & (r < R) & (s >= 0) & (s < S)
    g = np.zeros((R, S))
    np.add.at(g, (r[inside], s[inside]), dW[inside])
    return g
