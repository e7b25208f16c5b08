"""No zeros at all.

Diagnosis: padding-word-ignored
"""


def shared_weights(n, k, stride, padding):
    P = (n - k) // stride + 1
    mu = np.arange(n)[:, None] - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
