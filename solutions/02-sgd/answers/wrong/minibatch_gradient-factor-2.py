"""The derivative of the square without the half.

Diagnosis: factor-2
"""


def minibatch_gradient(theta, x, y, index):
    return 2 * x[index].T @ (x[index] @ theta - y[index]) / len(index)
