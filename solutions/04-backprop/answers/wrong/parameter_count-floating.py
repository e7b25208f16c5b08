"""A floating number.

Diagnosis: not-integer
"""


def parameter_count(R, S, C, K):
    return float((R * S * C + 1) * K)
