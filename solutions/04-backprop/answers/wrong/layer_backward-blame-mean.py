"""The contributions of the neurons are averaged.

Diagnosis: blame-averaged
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    return np.mean(g[:, None, :] * W[None], axis=2), a_prev.T @ g, g.sum(axis=0)
