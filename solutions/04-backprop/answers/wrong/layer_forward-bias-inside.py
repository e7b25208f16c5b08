"""The bias is added to the weights.

Diagnosis: bias-per-input
"""


def layer_forward(a_prev, W, b):
    return a_prev @ (W + b)
