"""The winner is counted in the image, as TensorFlow and PyTorch do.

Diagnosis: winner-in-the-image
"""


def max_pool(x, size, stride):
    (R, S), (v, h) = size, stride
    M, H, W, C = x.shape
    P, Q = (H - R) // v + 1, (W - S) // h + 1
    out, winner = np.zeros((M, P, Q, C)), np.zeros((M, P, Q, C), dtype=int)
    for m, p, q, c in np.ndindex(out.shape):
        window = x[m, p * v : p * v + R, q * h : q * h + S, c]
        out[m, p, q, c] = window.max()
        winner[m, p, q, c] = (p * v + window.argmax() // S) * W + q * h + window.argmax() % S
    return out, winner
