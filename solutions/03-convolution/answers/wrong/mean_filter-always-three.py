"""The size of the example is built in.

Diagnosis: shape
"""


def mean_filter(k):
    return np.full((3, 3), 1 / 9)
