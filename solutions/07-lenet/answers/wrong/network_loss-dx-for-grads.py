"""Returns the gradient of the image.

Diagnosis: structure
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    dx, grads = network_backward(params, x, states, delta)
    return loss, dx
