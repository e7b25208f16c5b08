"""Height and width of the padding are exchanged.

Diagnosis: pads-swapped
"""


def network_forward(params, x):
    states, p = {}, x
    for i in "12":
        w = params["W" + i]
        z = conv2d(p, w, params["b" + i], (1, 1), (w.shape[1] // 2, w.shape[0] // 2))
        a = relu(z)
        p, winner = max_pool(a, (2, 2), (2, 2))
        states |= {"z" + i: z, "a" + i: a, "p" + i: p, "winner" + i: winner}
    z3 = layer_forward(p.reshape(len(p), -1), params["W3"], params["b3"])
    a3 = relu(z3)
    return layer_forward(a3, params["W4"], params["b4"]), states | {"z3": z3, "a3": a3}
