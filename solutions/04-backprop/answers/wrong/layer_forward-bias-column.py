"""The bias is a column, one number for each sample.

Diagnosis: raises
"""


def layer_forward(a_prev, W, b):
    return a_prev @ W + b[:, None]
