"""Nine ones, not divided.

Diagnosis: not-normalised
"""


def mean_filter(k):
    return np.ones((k, k))
