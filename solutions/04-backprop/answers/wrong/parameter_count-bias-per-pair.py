"""A bias for each pair of channel and map.

Diagnosis: bias-for-each-pair
"""


def parameter_count(R, S, C, K):
    return K * C * (R * S + 1)
