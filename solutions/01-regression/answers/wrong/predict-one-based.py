"""Counts the classes from 1.

Diagnosis: one-based
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.argmax(z, axis=1) + 1
