"""A bias for each weight.

Diagnosis: bias-for-each-weight
"""


def parameter_count(R, S, C, K):
    return 2 * R * S * C * K
