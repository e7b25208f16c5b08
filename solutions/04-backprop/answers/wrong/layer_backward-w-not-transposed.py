"""W is not transposed.

Diagnosis: raises
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W, a_prev.T @ g, g.sum(axis=0)
