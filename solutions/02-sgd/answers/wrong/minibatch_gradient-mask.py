"""A mask counts a repeated row once.

Diagnosis: repeats-once
"""


def minibatch_gradient(theta, x, y, index):
    mask = np.zeros(len(y), dtype=bool)
    mask[index] = True
    return x[mask].T @ (x[mask] @ theta - y[mask]) / mask.sum()
