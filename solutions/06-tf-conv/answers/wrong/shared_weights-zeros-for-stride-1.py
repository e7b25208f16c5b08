"""The zeros are those of stride 1.

Diagnosis: stride-left-out-of-padding
"""


def shared_weights(n, k, stride, padding):
    before = (k - 1) // 2 if padding == "SAME" else 0
    P = -(-n // stride) if padding == "SAME" else (n - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
