"""Written for a single image of one channel.

Diagnosis: raises
"""


def max_pool(x, size, stride):
    (R, S), (v, h) = size, stride
    H, W = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out, winner = np.zeros((P, Q)), np.zeros((P, Q), dtype=int)
    for p, q in np.ndindex(P, Q):
        window = x[p * v : p * v + R, q * h : q * h + S]
        out[p, q], winner[p, q] = window.max(), window.argmax()
    return out, winner
