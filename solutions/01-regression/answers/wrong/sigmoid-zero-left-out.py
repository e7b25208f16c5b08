"""Two cases, z > 0 and z < 0, and none for z = 0.

Diagnosis: zero-left-out
"""


def sigmoid(z):
    a = np.zeros_like(z)
    a[z > 0] = 1 / (1 + np.exp(-z[z > 0]))
    a[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return a
