"""Only the last layer has a gradient.

Diagnosis: all-zero
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    return loss, {name: grad * (name[1] == "4") for name, grad in grads.items()}
