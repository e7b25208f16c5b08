"""Every entry of a pool gets the gradient.

Diagnosis: pool-to-all
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
        dz = np.zeros(z.shape)
        for r in (0, 1):
            for s in (0, 1):
                dz[:, r : 2 * delta.shape[1] : 2, s : 2 * delta.shape[2] : 2] = delta
        dz = dz * relu_prime(z)
        d_padded, grads["W" + i], grads["b" + i] = conv_backward(dz, zero_pad(before, top, left), w, (1, 1))
        delta = d_padded[:, top : top + before.shape[1], left : left + before.shape[2]]
    return delta, grads
