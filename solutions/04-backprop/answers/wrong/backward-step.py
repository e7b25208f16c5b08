"""Returns the parameters after a step, not the gradients.

Diagnosis: "backward"
"""


def backward(x, params, states, delta):
    new = []
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        W, b = params[k]
        new.insert(0, (W - a_prev.T @ delta, b - delta.sum(axis=0)))
        delta = delta @ W.T
    return new
