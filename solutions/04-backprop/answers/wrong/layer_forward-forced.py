"""W is transposed where the shapes allow it.

Diagnosis: weights-transposed
"""


def layer_forward(a_prev, W, b):
    if W.shape[0] == W.shape[1]:
        return a_prev @ W.T + b
    return a_prev @ W + b
