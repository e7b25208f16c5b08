"""The filter is taken for square.

Diagnosis: square-filter
"""


def parameter_count(R, S, C, K):
    return (R**2 * C + 1) * K
