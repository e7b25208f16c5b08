"""The height is used for both sides of the window.

Diagnosis: one-size
"""


def max_pool(x, size, stride):
    (R, S), (v, h) = (size[0], size[0]), stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out, winner = np.zeros((M, P, Q, C)), np.zeros((M, P, Q, C), dtype=int)
    for m, p, q, c in np.ndindex(out.shape):
        window = x[m, p * v : p * v + R, q * h : q * h + S, c]
        out[m, p, q, c] = window.max()
        winner[m, p, q, c] = window.argmax()
    return out, winner
