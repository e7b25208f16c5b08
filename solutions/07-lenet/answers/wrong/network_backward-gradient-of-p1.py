"""Stops at the first pool: dx is that of p1.

Diagnosis: shape
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
    dp1 = conv_backward(np.zeros(states["z2"].shape), zero_pad(states["p1"], 0, 0), params["W2"][:1, :1], (1, 1))[0]
    return dp1, grads
