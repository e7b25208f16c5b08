"""Returns the derivative.

Diagnosis: sigmoid-prime
"""


def sigmoid(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)
