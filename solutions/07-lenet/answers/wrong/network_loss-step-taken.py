"""The parameters take a step in here, in place.

Diagnosis: argument-changed
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    for name in params:
        params[name] -= 0.1 * grads[name]
    return loss, grads
