"""The zeros have rows of their own in the table.

Diagnosis: shape
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = np.arange(n + before + after)[:, None] - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
