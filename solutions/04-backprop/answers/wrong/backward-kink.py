"""0 at the kink.

Diagnosis: kink-off
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = delta * (states[k][0] > 0)
        grads.insert(0, (a_prev.T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
