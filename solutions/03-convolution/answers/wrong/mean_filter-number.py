"""The weight alone, not the table.

Diagnosis: shape
"""


def mean_filter(k):
    return 1 / k**2
