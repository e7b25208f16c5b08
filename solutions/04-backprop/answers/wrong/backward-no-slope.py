"""F' is forgotten.

Diagnosis: F-prime-missing-or-of-a
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        grads.insert(0, (a_prev.T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
