"""The loss is multiplied by M.

Diagnosis: sum-for-mean
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    return loss * len(y), grads
