"""One image at a time; the mean at the end."""


def network_loss(params, x, y):
    losses, total = [], {name: np.zeros_like(value) for name, value in params.items()}
    for m in range(len(x)):
        z, states = network_forward(params, x[m : m + 1])
        loss, delta = cross_entropy(z, y[m : m + 1])
        losses.append(loss)
        for name, grad in network_backward(params, x[m : m + 1], states, delta)[1].items():
            total[name] += grad / len(x)
    return np.mean(losses), total
