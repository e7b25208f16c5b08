"""The values come in another order.

Diagnosis: shape
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return a_prev.T @ g, g.sum(axis=0), g @ W.T
