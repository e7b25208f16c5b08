"""A hidden layer of logistic functions.

Diagnosis: sigmoid-for-tanh
"""


def predict(x, W_h, b_h, W_a, b_a):
    z = sigmoid(x @ W_h + b_h) @ W_a + b_a
    return np.argmax(z, axis=1)
