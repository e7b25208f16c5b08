"""A loop over pairs from the back, with the functions before."""


def backward(x, params, states, delta):
    inputs = [x] + [a for _, a in states[:-1]]
    slopes = [relu_prime(z) for z, _ in states[:-1]] + [np.ones_like(states[-1][0])]
    grads = [None] * len(params)
    for k in range(len(params) - 1, -1, -1):
        delta, dW, db = layer_backward(delta, slopes[k], inputs[k], params[k][0])
        grads[k] = (dW, db)
    return grads
