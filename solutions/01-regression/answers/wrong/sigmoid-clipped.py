"""Clips z to avoid the overflow.

Diagnosis: clipped
"""


def sigmoid(z):
    z = np.clip(z, -10, 10)
    return 1 / (1 + np.exp(-z))
