"""The pools by putting each delta at its winner."""


def network_backward(params, x, states, delta):
    grads = {}
    one = np.ones_like(delta)
    delta, grads["W4"], grads["b4"] = layer_backward(delta, one, states["a3"], params["W4"])
    flat = states["p2"].reshape(x.shape[0], -1)
    delta, grads["W3"], grads["b3"] = layer_backward(delta, 1.0 * (states["z3"] > 0), flat, params["W3"])
    delta = delta.reshape(states["p2"].shape)
    for i, before in (("2", states["p1"]), ("1", x)):
        m, p, q, k = np.indices(delta.shape)
        winner = np.asarray(states["winner" + i], dtype=int)
        da = np.zeros_like(states["a" + i])
        np.add.at(da, (m, 2 * p + winner // 2, 2 * q + winner % 2, k), delta)
        dz = da * (states["a" + i] > 0)
        w = params["W" + i]
        pad = [(0, 0), (w.shape[0] // 2,) * 2, (w.shape[1] // 2,) * 2, (0, 0)]
        padded = np.pad(before, pad)
        d_padded, grads["W" + i], grads["b" + i] = conv_backward(dz, padded, w, (1, 1))
        rows = slice(pad[1][0], pad[1][0] + before.shape[1])
        columns = slice(pad[2][0], pad[2][0] + before.shape[2])
        delta = d_padded[:, rows, columns]
    return delta, grads
