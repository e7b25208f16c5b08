"""Takes the rows of x but all of y.

Diagnosis: raises
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (x[index] @ theta - y) / len(index)
