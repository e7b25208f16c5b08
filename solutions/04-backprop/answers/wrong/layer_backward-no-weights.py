"""delta_prev is not weighted.

Diagnosis: weights-ignored
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return np.repeat(g.sum(axis=1, keepdims=True), W.shape[0], axis=1), a_prev.T @ g, g.sum(axis=0)
