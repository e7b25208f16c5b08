"""Broadcast products, summed."""


def layer_backward(delta, F_prime, a_prev, W):
    g = delta * F_prime
    back = (g[:, None, :] * W[None, :, :]).sum(axis=2)
    dW = (a_prev[:, :, None] * g[:, None, :]).sum(axis=0)
    return back, dW, np.add.reduce(g)
