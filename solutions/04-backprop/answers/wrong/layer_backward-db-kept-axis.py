"""db keeps the batch's axis.

Diagnosis: shape
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ g, g.sum(axis=0, keepdims=True)
