"""np.unique removes repeated rows.

Diagnosis: repeats-once
"""


def minibatch_gradient(theta, x, y, index):
    index = np.unique(index)
    return x[index].T @ (x[index] @ theta - y[index]) / len(index)
