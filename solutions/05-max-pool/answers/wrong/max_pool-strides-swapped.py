"""The strides are exchanged.

Diagnosis: strides-swapped
"""


def max_pool(x, size, stride):
    (R, S), (h, v) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out, winner = np.zeros((M, P, Q, C)), np.zeros((M, P, Q, C), dtype=int)
    for m, p, q, c in np.ndindex(out.shape):
        window = x[m, p * v : p * v + R, q * h : q * h + S, c]
        out[m, p, q, c] = window.max()
        winner[m, p, q, c] = window.argmax()
    return out, winner
