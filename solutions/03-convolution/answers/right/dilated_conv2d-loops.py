"""Loops over everything but the channels."""


def dilated_conv2d(x, w, b, dilation):
    (M, H, W, C), (R, S, _, K), (v, h) = x.shape, w.shape, dilation
    z = np.empty((M, H - v * (R - 1), W - h * (S - 1), K))
    for m, p, q, k in np.ndindex(z.shape):
        total = b[k]
        for r in range(R):
            for s in range(S):
                total += x[m, p + v * r, q + h * s].dot(w[r, s, :, k])
        z[m, p, q, k] = total
    return z
