"""Cut off at 1 as well.

Diagnosis: clipped-at-1
"""


def relu(z):
    return np.clip(z, 0, 1)
