"""db is added up over the neurons.

Diagnosis: db-over-neurons
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, a_prev.T @ g, g.sum(axis=1)
