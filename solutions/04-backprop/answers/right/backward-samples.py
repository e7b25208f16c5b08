"""Sample by sample."""


def backward(x, params, states, delta):
    grads = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in params]
    for m in range(len(x)):
        d = delta[m]
        for k in reversed(range(len(params))):
            g = d if k == len(params) - 1 else d * (states[k][0][m] >= 0)
            a = states[k - 1][1][m] if k else x[m]
            grads[k][0] += np.outer(a, g)
            grads[k][1] += g
            d = params[k][0] @ g
    return [tuple(pair) for pair in grads]
