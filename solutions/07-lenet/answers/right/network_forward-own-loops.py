"""Everything written out, with no function of the notebook."""


def network_forward(params, x):
    def block(x, w, b):
        R, S = w.shape[:2]
        M, H, W, _ = x.shape
        padded = np.zeros((M, H + R - 1, W + S - 1, x.shape[3]))
        padded[:, R // 2 : R // 2 + H, S // 2 : S // 2 + W] = x
        z = np.empty((M, H, W, w.shape[3]))
        for i in range(H):
            for j in range(W):
                z[:, i, j] = np.tensordot(padded[:, i : i + R, j : j + S], w, axes=3) + b
        a = z * (z > 0)
        P, Q = H // 2, W // 2
        four = a[:, : 2 * P, : 2 * Q].reshape(M, P, 2, Q, 2, -1).transpose(2, 4, 0, 1, 3, 5).reshape(4, M, P, Q, -1)
        return z, a, four.max(axis=0), four.argmax(axis=0)

    z1, a1, p1, winner1 = block(x, params["W1"], params["b1"])
    z2, a2, p2, winner2 = block(p1, params["W2"], params["b2"])
    z3 = p2.reshape(x.shape[0], -1) @ params["W3"] + params["b3"]
    a3 = np.where(z3 > 0, z3, 0.0)
    z = a3 @ params["W4"] + params["b4"]
    names = "z1 a1 p1 winner1 z2 a2 p2 winner2 z3 a3".split()
    return z, dict(zip(names, (z1, a1, p1, winner1, z2, a2, p2, winner2, z3, a3)))
