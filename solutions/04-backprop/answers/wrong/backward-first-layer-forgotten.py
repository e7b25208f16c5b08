"""The loop stops before the first layer.

Diagnosis: layer-count
"""


def backward(x, params, states, delta):
    grads = []
    for k in range(len(params) - 1, 0, -1):
        a_prev = states[k - 1][1]
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        grads.insert(0, (a_prev.T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
