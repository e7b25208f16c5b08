"""dx by sliding the turned filter over the padded gradient."""


def network_backward(params, x, states, delta):
    g = {"W4": np.einsum("mh,mk->hk", states["a3"], delta), "b4": np.einsum("mk->k", delta)}
    d = np.einsum("mk,hk->mh", delta, params["W4"]) * np.where(states["z3"] < 0, 0, 1)
    g["W3"] = states["p2"].reshape(len(d), -1).T @ d
    g["b3"] = d.sum(0)
    d = (d @ params["W3"].T).reshape(states["p2"].shape)
    for i, image in ((2, states["p1"]), (1, x)):
        w, z = params[f"W{i}"], states[f"z{i}"]
        R, S, C, K = w.shape
        d = np.where(z < 0, 0, max_pool_backward(d, states[f"winner{i}"], z.shape, (2, 2), (2, 2)))
        g[f"b{i}"] = d.sum(axis=(0, 1, 2))
        windows = np.lib.stride_tricks.sliding_window_view(zero_pad(image, R // 2, S // 2), (R, S), axis=(1, 2))
        g[f"W{i}"] = np.einsum("mpqcrs,mpqk->rsck", windows, d)
        d = conv2d(d, w[::-1, ::-1].transpose(0, 1, 3, 2), np.zeros(C), (1, 1), (R // 2, S // 2))
    return d, g
