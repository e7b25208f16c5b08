"""delta is returned beside the gradients.

Diagnosis: structure
"""


def backward(x, params, states, delta):
    grads = []
    for k in reversed(range(len(params))):
        a_prev = states[k - 1][1] if k else x
        F_prime = relu_prime(states[k][0]) if k < len(params) - 1 else np.ones_like(delta)
        delta, dW, db = layer_backward(delta, F_prime, a_prev, params[k][0])
        grads.insert(0, (delta, dW, db))
    return grads
