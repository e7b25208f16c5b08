"""W is transposed.

Diagnosis: raises
"""


def layer_forward(a_prev, W, b):
    return a_prev @ W.T + b
