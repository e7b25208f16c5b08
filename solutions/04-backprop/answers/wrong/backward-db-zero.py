"""db is never filled in.

Diagnosis: biases-gradient-zero
"""


def backward(x, params, states, delta):
    grads = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        if k < len(params) - 1:
            delta = delta * relu_prime(states[k][0])
        grads[k][0][:] = a_prev.T @ delta
        delta = delta @ params[k][0].T
    return grads
