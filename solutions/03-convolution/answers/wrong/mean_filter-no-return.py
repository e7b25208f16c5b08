"""Computes, but returns nothing.

Diagnosis: structure
"""


def mean_filter(k):
    w = np.ones((k, k)) / k**2
