"""Nested lists and a condition."""


def shared_weights(n, k, stride, padding):
    if padding == "SAME":
        P = -(-n // stride)
        before = max((P - 1) * stride + k - n, 0) // 2
    else:
        P, before = (n - k) // stride + 1, 0
    return [[j + before - i * stride if 0 <= j + before - i * stride < k else -1 for i in range(P)] for j in range(n)]
