"""The odd zero stands before.

Diagnosis: odd-zero-before
"""


def shared_weights(n, k, stride, padding):
    after, before = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
