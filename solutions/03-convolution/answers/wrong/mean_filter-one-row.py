"""A row of k weights.

Diagnosis: shape
"""


def mean_filter(k):
    return np.full(k, 1 / k**2)
