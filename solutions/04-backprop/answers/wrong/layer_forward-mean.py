"""The inputs are averaged.

Diagnosis: inputs-averaged
"""


def layer_forward(a_prev, W, b):
    return np.mean(a_prev[:, :, None] * W[None], axis=1) + b
