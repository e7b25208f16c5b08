"""Slow differences to one side with a large step.

Diagnosis: "entries differ"
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    grads = {}
    for name, value in params.items():
        grads[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = value.copy()
            moved[index] += 1e-2
            ahead = cross_entropy(network_forward({**params, name: moved}, x)[0], y)[0]
            grads[name][index] = (ahead - loss) / 1e-2
    return loss, grads
