"""The sign is turned round.

Diagnosis: sign
"""


def relu(z):
    return -np.maximum(z, 0)
