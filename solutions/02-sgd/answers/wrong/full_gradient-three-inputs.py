"""The number of parameters is read off the example.

Diagnosis: three-only
"""


def full_gradient(theta, x, y):
    g = np.zeros(3)
    for i in range(len(y)):
        for j in range(3):
            if j < len(theta):
                g[j] += (x[i] @ theta - y[i]) * x[i, j] / len(y)
    return g
