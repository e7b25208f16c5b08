"""1 at the maximum.

Diagnosis: hard-max
"""


def softmax(z):
    return (z == z.max(axis=1, keepdims=True)).astype(float)
