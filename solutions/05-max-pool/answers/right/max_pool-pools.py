"""With pool_forward: every window is an arbitrary pool."""


def max_pool(x, size, stride):
    M, H, W, C = x.shape
    tops, lefts = range(0, H - size[0] + 1, stride[0]), range(0, W - size[1] + 1, stride[1])
    pools = [[(i + r) * W + j + s for r in range(size[0]) for s in range(size[1])] for i in tops for j in lefts]
    rows = x.transpose(0, 3, 1, 2).reshape(M * C, H * W)
    out = np.asarray(pool_forward(rows, pools))
    winner = np.stack([np.argmax(rows[:, pool] == out[:, [j]], axis=1) for j, pool in enumerate(pools)], axis=1)
    shape = (M, C, len(tops), len(lefts))
    return out.reshape(shape).transpose(0, 2, 3, 1), winner.reshape(shape).transpose(0, 2, 3, 1)
