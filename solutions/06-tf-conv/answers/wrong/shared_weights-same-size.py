"""SAME has as many outputs as pixels, whatever the stride.

Diagnosis: same-size-kept
"""


def shared_weights(n, k, stride, padding):
    before = same_padding(n, k, stride, 1)[0] if padding == "SAME" else 0
    P = n if padding == "SAME" else (n - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P) * stride
    return np.where((mu >= 0) & (mu < k), mu, -1)
