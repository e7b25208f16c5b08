"""The convolutions get no gradient.

Diagnosis: all-zero
"""


def network_backward(params, x, states, delta):
    grads, p2 = {}, states["p2"]
    delta, grads["W4"], grads["b4"] = layer_backward(delta, np.ones(delta.shape), states["a3"], params["W4"])
    delta, grads["W3"], grads["b3"] = layer_backward(
        delta, relu_prime(states["z3"]), p2.reshape(len(p2), -1), params["W3"]
    )
    delta = delta.reshape(p2.shape)
    for i, before in (("2", states["p1"]), ("1", x)):
        z, w = states["z" + i], params["W" + i]
        top, left = w.shape[0] // 2, w.shape[1] // 2
        dz = max_pool_backward(delta, states["winner" + i], z.shape, (2, 2), (2, 2)) * relu_prime(z)
        d_padded, grads["W" + i], grads["b" + i] = conv_backward(dz, zero_pad(before, top, left), w, (1, 1))
        delta = d_padded[:, top : top + before.shape[1], left : left + before.shape[2]]
    for name in ("W1", "b1", "W2", "b2"):
        grads[name] = np.zeros(params[name].shape)
    return np.zeros(x.shape), grads
