"""The bias is subtracted.

Diagnosis: bias-sign
"""


def layer_forward(a_prev, W, b):
    return a_prev @ W - b
