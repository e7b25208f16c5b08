"""* for @.

Diagnosis: raises
"""


def layer_forward(a_prev, W, b):
    return a_prev * W + b
