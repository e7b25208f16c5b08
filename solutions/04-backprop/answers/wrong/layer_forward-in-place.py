"""The bias is added to the argument.

Diagnosis: argument-changed
"""


def layer_forward(a_prev, W, b):
    W += 0
    b *= 2
    return a_prev @ W + b / 2
