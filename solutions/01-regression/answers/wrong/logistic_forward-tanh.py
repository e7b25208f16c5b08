"""tanh instead of the logistic function.

Diagnosis: tanh-for-sigmoid
"""


def logistic_forward(x, w, b):
    return np.tanh(x @ w + b)
