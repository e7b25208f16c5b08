"""The bias is added after tanh.

Diagnosis: bias-outside
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(x @ W_h) + b_h
