"""Carries the derivative by z."""


def backward(x, params, states, delta):
    dz = delta
    grads = []
    for k in reversed(range(len(params))):
        a_prev = x if k == 0 else states[k - 1][1]
        grads.append((a_prev.T @ dz, dz.sum(0)))
        if k > 0:
            dz = (dz @ params[k][0].T) * (states[k - 1][0] >= 0)
    return list(reversed(grads))
