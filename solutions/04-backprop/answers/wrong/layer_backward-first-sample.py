"""Only the first sample.

Diagnosis: first-sample
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, np.outer(a_prev[0], g[0]), g[0]
