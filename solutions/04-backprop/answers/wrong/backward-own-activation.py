"""dW takes the layer's own activation.

Diagnosis: "backward"
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        grads.insert(0, (states[k][1].T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
