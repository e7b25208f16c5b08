"""delta is masked in place, and so is a mask in states.

Diagnosis: argument-changed
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        z, a = states[k]
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            z[z >= 0] = 1
            z[z < 0] = 0
            delta = delta * z
        grads.insert(0, (a_prev.T @ delta, delta.sum(axis=0)))
        delta = delta @ params[k][0].T
    return grads
