"""The sum over the batch.

Diagnosis: sum-over-batch
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (x[index] @ theta - y[index])
