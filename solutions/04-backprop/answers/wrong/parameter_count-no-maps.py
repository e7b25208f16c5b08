"""A single map.

Diagnosis: maps-forgotten
"""


def parameter_count(R, S, C, K):
    return R * S * C + 1
