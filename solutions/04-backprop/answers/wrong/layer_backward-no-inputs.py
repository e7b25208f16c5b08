"""dW without a_prev.

Diagnosis: inputs-ignored
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, np.ones(a_prev.shape).T @ g, g.sum(axis=0)
