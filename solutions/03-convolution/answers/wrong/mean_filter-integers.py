"""An integer array cuts the fractions off.

Diagnosis: integer-buffer
"""


def mean_filter(k):
    return np.ones((k, k), dtype=int) // k**2
