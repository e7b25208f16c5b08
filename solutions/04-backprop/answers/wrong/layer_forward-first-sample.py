"""Every row of z is made from the first sample.

Diagnosis: first-row-only
"""


def layer_forward(a_prev, W, b):
    z = np.zeros((len(a_prev), len(b)))
    for m in range(len(a_prev)):
        for i in range(len(b)):
            z[m, i] = np.dot(a_prev[0], W[:, i]) + b[i]
    return z
