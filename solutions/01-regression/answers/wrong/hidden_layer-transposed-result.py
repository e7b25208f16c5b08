"""Returns (H, M).

Diagnosis: shape
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(x @ W_h + b_h).T
