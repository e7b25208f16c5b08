"""As a column first, then flattened."""


def logistic_forward(x, w, b):
    z = x.dot(w.reshape(-1, 1)) + b
    return sigmoid(z).ravel()
