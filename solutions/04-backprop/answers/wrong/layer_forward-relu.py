"""ReLU is applied already.

Diagnosis: relu-in-the-sum
"""


def layer_forward(a_prev, W, b):
    return np.maximum(a_prev @ W + b, 0)
