"""Written line by line, with more states than asked for."""


def network_forward(params, x):
    s = {"x": x}
    w = params["W1"]
    s["z1"] = conv2d(x, w, params["b1"], (1, 1), (w.shape[0] // 2, w.shape[1] // 2))
    s["a1"] = relu(s["z1"])
    s["p1"], s["winner1"] = max_pool(s["a1"], (2, 2), (2, 2))
    w = params["W2"]
    s["z2"] = conv2d(s["p1"], w, params["b2"], (1, 1), (w.shape[0] // 2, w.shape[1] // 2))
    s["a2"] = relu(s["z2"])
    s["p2"], s["winner2"] = max_pool(s["a2"], (2, 2), (2, 2))
    s["flat"] = s["p2"].reshape(s["p2"].shape[0], -1)
    s["z3"] = layer_forward(s["flat"], params["W3"], params["b3"])
    s["a3"] = relu(s["z3"])
    s["z4"] = layer_forward(s["a3"], params["W4"], params["b4"])
    return [s["z4"], s]
