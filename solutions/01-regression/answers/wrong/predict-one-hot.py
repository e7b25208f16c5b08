"""Returns one-hot rows.

Diagnosis: shape
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.eye(z.shape[1])[np.argmax(z, axis=1)]
