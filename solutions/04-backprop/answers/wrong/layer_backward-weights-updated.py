"""A step of descent is taken before delta is passed back.

Diagnosis: argument-changed
"""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    dW = a_prev.T @ g
    W -= 0.1 * dW
    return g @ W.T, dW, g.sum(axis=0)
