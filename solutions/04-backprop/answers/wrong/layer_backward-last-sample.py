"""= where += is meant, over the samples.

Diagnosis: last-sample
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    for m in range(len(delta)):
        dW = np.outer(a_prev[m], g[m])
        db = g[m]
    return g @ W.T, dW, db
