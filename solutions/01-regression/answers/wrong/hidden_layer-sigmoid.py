"""The logistic function instead of tanh.

Diagnosis: sigmoid-for-tanh
"""


def hidden_layer(x, W_h, b_h):
    return sigmoid(x @ W_h + b_h)
