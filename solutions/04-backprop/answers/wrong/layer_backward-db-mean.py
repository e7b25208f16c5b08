"""db is a mean.

Diagnosis: db-divided-by-M
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ g, g.mean(axis=0)
