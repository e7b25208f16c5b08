"""Entries that fall on zeros before wrap round to the end of the image.

Diagnosis: "expected -1"
"""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    P = (n + before + after - k) // stride + 1
    table = np.full((n, P), -1)
    for i in range(P):
        for mu in range(k):
            if i * stride + mu - before < n:
                table[i * stride + mu - before, i] = mu
    return table
