"""delta is multiplied in place.

Diagnosis: argument-changed
"""


def layer_backward(delta, F_prime, a_prev, W):
    delta *= F_prime
    return delta @ W.T, a_prev.T @ delta, delta.sum(axis=0)
