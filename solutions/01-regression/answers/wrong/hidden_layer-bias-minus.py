"""The bias is subtracted.

Diagnosis: bias-sign
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(x @ W_h - b_h)
