"""F' only in the gradients of the parameters.

Diagnosis: F-prime-not-in-delta
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return delta @ W.T, a_prev.T @ g, g.sum(axis=0)
