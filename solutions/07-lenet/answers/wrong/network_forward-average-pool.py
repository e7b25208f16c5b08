"""The mean of each pool.

Diagnosis: average-pool
"""


def network_forward(params, x):
    states, p = {}, x
    for i in "12":
        w = params["W" + i]
        z = conv2d(p, w, params["b" + i], (1, 1), (w.shape[0] // 2, w.shape[1] // 2))
        a = relu(z)
        _, winner = max_pool(a, (2, 2), (2, 2))
        P, Q = a.shape[1] // 2, a.shape[2] // 2
        p = sum(a[:, r : 2 * P : 2, s : 2 * Q : 2] for r in (0, 1) for s in (0, 1)) / 4
        states |= {"z" + i: z, "a" + i: a, "p" + i: p, "winner" + i: winner}
    z3 = layer_forward(p.reshape(len(p), -1), params["W3"], params["b3"])
    a3 = relu(z3)
    return layer_forward(a3, params["W4"], params["b4"]), states | {"z3": z3, "a3": a3}
