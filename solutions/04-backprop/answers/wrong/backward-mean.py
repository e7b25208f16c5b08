"""Divided by the batch size.

Diagnosis: divided-by-M
"""


def backward(x, params, states, delta):
    grads = []
    M = len(x)
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        grads.insert(0, (a_prev.T @ delta / M, delta.sum(axis=0) / M))
        delta = delta @ params[k][0].T
    return grads
