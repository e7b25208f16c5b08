"""The output bias is forgotten.

Diagnosis: output-bias-ignored
"""


def predict(x, W_h, b_h, W_a, b_a):
    return np.argmax(hidden_layer(x, W_h, b_h) @ W_a, axis=1)
