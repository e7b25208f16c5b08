"""delta is not used.

Diagnosis: upstream-ignored
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = F_prime
    return g @ W.T, a_prev.T @ g, g.sum(axis=0)
