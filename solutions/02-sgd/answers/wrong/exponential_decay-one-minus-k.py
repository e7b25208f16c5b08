"""(1 - k) to the power of t.

Diagnosis: one-minus-k
"""


def exponential_decay(lr, t, k):
    return lr * (1 - k) ** t
