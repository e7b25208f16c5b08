"""The derivative.

Diagnosis: mask-for-relu
"""


def relu(z):
    return (z > 0).astype(float)
