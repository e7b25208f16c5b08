"""= where += is meant, over the neurons.

Diagnosis: last-neuron-only
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    back = np.zeros(a_prev.shape)
    for j in range(W.shape[1]):
        back = np.outer(g[:, j], W[:, j])
    return back, a_prev.T @ g, g.sum(axis=0)
