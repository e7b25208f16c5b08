"""The softmax is sent back, without the labels.

Diagnosis: probabilities-for-delta
"""


def network_loss(params, x, y):
    z, states = network_forward(params, x)
    loss, delta = cross_entropy(z, y)
    a = np.exp(z - z.max(axis=1, keepdims=True))
    delta = a / a.sum(axis=1, keepdims=True) / len(y)
    dx, grads = network_backward(params, x, states, delta)
    return loss, grads
