"""np.where over the window's entries, all positions at once."""


def max_pool(x, size, stride):
    P = len(range(0, x.shape[1] - size[0] + 1, stride[0]))
    Q = len(range(0, x.shape[2] - size[1] + 1, stride[1]))
    out, winner = None, None
    for number in range(size[0] * size[1]):
        r, s = divmod(number, size[1])
        part = x[:, r : r + (P - 1) * stride[0] + 1 : stride[0], s : s + (Q - 1) * stride[1] + 1 : stride[1]]
        if out is None:
            out, winner = part, np.zeros(part.shape, dtype=np.int64)
        else:
            winner = np.where(part > out, number, winner)
            out = np.maximum(out, part)
    return out, winner
