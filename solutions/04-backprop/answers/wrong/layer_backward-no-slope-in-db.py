"""F' missing in db.

Diagnosis: F-prime-not-in-db
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ g, delta.sum(axis=0)
