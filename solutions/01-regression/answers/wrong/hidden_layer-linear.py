"""No activation at all.

Diagnosis: no-activation
"""


def hidden_layer(x, W_h, b_h):
    return x @ W_h + b_h
