"""The bias is forgotten.

Diagnosis: bias-ignored
"""


def layer_forward(a_prev, W, b):
    return a_prev @ W
