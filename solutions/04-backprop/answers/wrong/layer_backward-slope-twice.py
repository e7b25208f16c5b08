"""F' is multiplied in twice.

Diagnosis: F-prime-twice
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime * F_prime
    return g @ W.T, a_prev.T @ g, g.sum(axis=0)
