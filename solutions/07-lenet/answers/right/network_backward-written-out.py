"""Line by line, the masks as products."""


def network_backward(params, x, states, delta):
    def conv_back(da, z, image, w):
        R, S = w.shape[0] // 2, w.shape[1] // 2
        dz = da * (z > 0)
        dx, dw, db = conv_backward(dz, zero_pad(image, R, S), w, (1, 1))
        H, W = image.shape[1:3]
        return dx[:, R : R + H, S : S + W], dw, db

    p1, p2 = states["p1"], states["p2"]
    dW4, db4 = states["a3"].T @ delta, delta.sum(axis=0)
    dz3 = (delta @ params["W4"].T) * (states["z3"] > 0)
    dW3, db3 = p2.reshape(len(x), -1).T @ dz3, dz3.sum(axis=0)
    dp2 = (dz3 @ params["W3"].T).reshape(p2.shape)
    da2 = max_pool_backward(dp2, states["winner2"], states["z2"].shape, (2, 2), (2, 2))
    dp1, dW2, db2 = conv_back(da2, states["z2"], p1, params["W2"])
    da1 = max_pool_backward(dp1, states["winner1"], states["z1"].shape, (2, 2), (2, 2))
    dx, dW1, db1 = conv_back(da1, states["z1"], x, params["W1"])
    return dx, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3, "W4": dW4, "b4": db4}
