"""A table of floats cannot be an index.

Diagnosis: not-integer
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    table = -np.ones((n, P))
    for i in range(P):
        for mu in range(k):
            j = i * stride + mu - before
            if 0 <= j < n:
                table[j, i] = mu
    return table
