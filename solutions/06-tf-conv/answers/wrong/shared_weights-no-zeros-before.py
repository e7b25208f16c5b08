"""Windows begin at pixel i·s; the zeros before are forgotten.

Diagnosis: window-starts-at-pixel
"""


def shared_weights(n, k, stride, padding):
    P = -(-n // stride) if padding == "SAME" else (n - k) // stride + 1
    mu = np.arange(n)[:, None] - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
