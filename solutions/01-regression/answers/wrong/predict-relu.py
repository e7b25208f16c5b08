"""A hidden layer of ReLU.

Diagnosis: relu-for-tanh
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = np.maximum(x @ W_h + b_h, 0) @ W_a + b_a
    return np.argmax(z, axis=1)
