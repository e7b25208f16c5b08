"""Labels as floating-point numbers.

Diagnosis: not-integer
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.argmax(z, axis=1).astype(float)
