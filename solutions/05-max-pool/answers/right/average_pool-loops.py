"""Loops over everything."""


def average_pool(x, size, stride):
    M, H, W, C = x.shape
    P, Q = (H - size[0]) // stride[0] + 1, (W - size[1]) // stride[1] + 1
    out = np.zeros((M, P, Q, C))
    for m, p, q, c in np.ndindex(*out.shape):
        for r in range(size[0]):
            for s in range(size[1]):
                out[m, p, q, c] += x[m, p * stride[0] + r, q * stride[1] + s, c]
    out /= size[0] * size[1]
    return out
