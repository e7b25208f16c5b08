"""Sums for products.

Diagnosis: added-not-multiplied
"""


def parameter_count(R, S, C, K):
    return (R + S + C + 1) * K
