"""The bias is forgotten.

Diagnosis: bias-ignored
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(x @ W_h)
