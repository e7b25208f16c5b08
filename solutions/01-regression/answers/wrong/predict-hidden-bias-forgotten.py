"""The hidden bias is forgotten.

Diagnosis: hidden-bias-ignored
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = np.tanh(x @ W_h) @ W_a + b_a
    return np.argmax(z, axis=1)
