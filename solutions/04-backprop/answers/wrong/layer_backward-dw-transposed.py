"""dW is (N, N_prev).

Diagnosis: transpose
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return g @ W.T, g.T @ a_prev, g.sum(axis=0)
