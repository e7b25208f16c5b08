"""The smooth relative.

Diagnosis: softplus
"""


def relu(z):
    return np.logaddexp(0, z)
