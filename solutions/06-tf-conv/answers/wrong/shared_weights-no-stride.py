"""The stride shrinks the table, but the windows move by 1.

Diagnosis: stride-left-out-of-wires
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    mu = np.arange(n)[:, None] + before - np.arange(P)
    return np.where((mu >= 0) & (mu < k), mu, -1)
