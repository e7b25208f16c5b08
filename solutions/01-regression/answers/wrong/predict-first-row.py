"""The label of the first row for all.

Diagnosis: first-row-only
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.full(len(x), np.argmax(z[0]))
