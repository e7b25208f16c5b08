"""With the signed score: ln(1 + e^(-s))."""


def cross_entropy_loss(x, y, w, b):
    M = len(x)
    sign = 2 * y - 1
    s = sign * (np.dot(x, w) + b)
    loss = np.logaddexp(0, -s).sum() / M
    dz = -sign * sigmoid(-s) / M
    return loss, dz.dot(x), dz.sum()
