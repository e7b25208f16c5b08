"""F' is forgotten.

Diagnosis: F-prime-missing
"""


def layer_backward(delta, F_prime, a_prev, W):
    return delta @ W.T, a_prev.T @ delta, delta.sum(axis=0)
