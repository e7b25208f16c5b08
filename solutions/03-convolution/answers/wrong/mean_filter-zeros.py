"""The array is made and never filled.

Diagnosis: all-zero
"""


def mean_filter(k):
    w = np.zeros((k, k))
    for row in w:
        row = 1 / k**2
    return w
