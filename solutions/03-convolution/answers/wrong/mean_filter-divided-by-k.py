"""Divided by k, so that each row adds up to 1.

Diagnosis: divided-by-k
"""


def mean_filter(k):
    return np.ones((k, k)) / k
