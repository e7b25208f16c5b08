"""The least probable class.

Diagnosis: argmin
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.argmin(z, axis=1)
