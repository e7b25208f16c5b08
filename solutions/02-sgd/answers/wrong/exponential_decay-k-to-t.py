"""k is the base.

Diagnosis: k-as-base
"""


def exponential_decay(lr, t, k):
    return lr * k**t
