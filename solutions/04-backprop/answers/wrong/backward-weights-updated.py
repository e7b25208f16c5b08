"""A step of descent before delta is passed back.

Diagnosis: argument-changed
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        W, b = params[k]
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        dW, db = a_prev.T @ delta, delta.sum(axis=0)
        W -= 0.1 * dW
        b -= 0.1 * db
        grads.insert(0, (dW, db))
        delta = delta @ W.T
    return grads
