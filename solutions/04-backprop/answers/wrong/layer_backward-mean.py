"""dW and db are means over the batch.

Diagnosis: divided-by-M
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    M = len(delta)
    return g @ W.T, a_prev.T @ g / M, g.sum(axis=0) / M
