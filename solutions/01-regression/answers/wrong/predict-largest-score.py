"""The largest score instead of its position.

Diagnosis: not-integer
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.max(z, axis=1)
