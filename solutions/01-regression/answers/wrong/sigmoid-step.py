"""A step, as in a perceptron.

Diagnosis: step
"""


def sigmoid(z):
    return (z > 0).astype(float)
