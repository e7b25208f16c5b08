"""A row for each pool instead of a column.

Diagnosis: shape
"""


def pool_forward(a, pools):
    return np.array([a[:, pool].max(axis=1) for pool in pools])
