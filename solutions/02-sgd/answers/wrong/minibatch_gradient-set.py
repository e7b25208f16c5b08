"""A loop over the rows that are in index.

Diagnosis: repeats-once
"""


def minibatch_gradient(theta, x, y, index):
    g, M = 0, 0
    for i in range(len(y)):
        if i in index:
            g = g + (x[i] @ theta - y[i]) * x[i]
            M += 1
    return g / M
