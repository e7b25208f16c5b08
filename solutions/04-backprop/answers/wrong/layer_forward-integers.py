"""Stored in integers.

Diagnosis: integer-buffer
"""


def layer_forward(a_prev, W, b):
    z = np.zeros((a_prev.shape[0], W.shape[1]), dtype=int)
    z[:] = a_prev @ W + b
    return z
