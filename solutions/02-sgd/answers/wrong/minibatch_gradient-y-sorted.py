"""Sorts the index for y only.

Diagnosis: rows-apart
"""


def minibatch_gradient(theta, x, y, index):
    return x[index].T @ (x[index] @ theta - y[np.sort(index)]) / len(index)
