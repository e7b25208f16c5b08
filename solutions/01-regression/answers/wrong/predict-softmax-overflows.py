"""A softmax without the shift: all scores of 800 and more become nan.

Diagnosis: overflowed-softmax
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    z = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.argmax(z, axis=1)
