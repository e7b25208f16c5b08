"""Sizes of arrays."""


def parameter_count(R, S, C, K):
    w, b = np.zeros((R, S, C, K)), np.zeros(K)
    return w.size + b.size
