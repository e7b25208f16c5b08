"""The gradients in the order of the parameters, as a list of both."""


def network_loss(params, x, y):
    scores, kept = network_forward(params, x)
    loss, delta = cross_entropy(scores, y)
    back = network_backward(params, x, kept, delta)
    return [np.float64(loss), {name: back[1][name] for name in params}]
