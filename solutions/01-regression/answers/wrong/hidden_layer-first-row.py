"""Only the first row counts.

Diagnosis: first-row-only
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(np.ones((len(x), 1)) * (x[0] @ W_h) + b_h)
