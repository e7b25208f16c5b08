"""Counts for each map.

Diagnosis: shape
"""


def parameter_count(R, S, C, K):
    return np.array([R * S * C + 1] * K)
