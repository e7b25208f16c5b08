"""The formula without its condition.

Diagnosis: not-limited
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    return np.arange(n)[:, None] + before - np.arange(P) * stride
