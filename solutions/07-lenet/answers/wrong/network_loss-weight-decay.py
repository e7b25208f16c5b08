"""Adds the weights to their gradients.

Diagnosis: weights-decay
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    return loss, {name: grad + params[name] for name, grad in grads.items()}
