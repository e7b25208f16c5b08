"""db is not returned.

Diagnosis: structure
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ g
