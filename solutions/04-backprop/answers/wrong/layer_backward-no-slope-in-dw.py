"""F' missing in dW.

Diagnosis: F-prime-not-in-dW
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ delta, g.sum(axis=0)
