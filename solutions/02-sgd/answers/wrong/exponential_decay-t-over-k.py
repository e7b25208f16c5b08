"""t is divided by k.

Diagnosis: k-divides
"""


def exponential_decay(lr, t, k):
    return lr * np.exp(-t / k)
