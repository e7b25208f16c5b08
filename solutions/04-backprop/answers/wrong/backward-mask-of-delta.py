"""The mask is made from delta.

Diagnosis: F-prime-of-delta
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = np.maximum(delta, 0)
        grads.insert(0, (a_prev.T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
