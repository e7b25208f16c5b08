"""Keeps the states of the first batch.

Diagnosis: not-repeatable
"""


def network_loss(params, x, y):
    network_loss.calls = getattr(network_loss, "calls", 0) + 1
    params = {name: p * (1 + 1e-9 * network_loss.calls) for name, p in params.items()}
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    return loss, grads
