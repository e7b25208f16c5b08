"""The sign is lost.

Diagnosis: sign
"""


def hidden_layer(x, W_h, b_h):
    return -np.tanh(x @ W_h + b_h)
