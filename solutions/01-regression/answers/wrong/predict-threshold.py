"""Asks whether the first output is above one half.

Diagnosis: shape
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return (softmax(z) > 0.5).astype(int)
