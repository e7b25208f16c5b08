"""A sum for each pixel, whatever weight it met.

Diagnosis: shape
"""


def shared_gradient(dW, R, S, height, width):
    return dW.sum(axis=1).reshape(height, width)
