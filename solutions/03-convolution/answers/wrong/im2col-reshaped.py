"""The image is reshaped; no windows are taken.

Diagnosis: raises
"""


def im2col(x, R, S, stride):
    M, H, W, C = x.shape
    P, Q = (H - R) // stride[0] + 1, (W - S) // stride[1] + 1
    return x.reshape(M * P * Q, R * S * C)
