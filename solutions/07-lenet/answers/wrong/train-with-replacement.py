"""Images are drawn with replacement.

Diagnosis: images-miscounted
"""


def train(params, x, y, lr, mu, batch_size, epochs, rng, watch=None):
    v = {name: np.zeros(np.shape(value)) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        order, total = rng.integers(len(y), size=len(y)), 0.0
        for start in range(0, len(y), batch_size):
            index = order[start : start + batch_size]
            loss, grads = network_loss(params, x[index], y[index])
            v = {name: mu * v[name] - lr * grads[name] for name in v}
            params = {name: params[name] + v[name] for name in v}
            total += loss * len(index)
        losses.append(total / len(y))
        if watch is not None:
            watch(params, losses)
    return params, losses
