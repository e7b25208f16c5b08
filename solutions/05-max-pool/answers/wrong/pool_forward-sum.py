"""The sum of each pool.

Diagnosis: sum-for-maximum
"""


def pool_forward(a, pools):
    return np.stack([a[:, pool].sum(axis=1) for pool in pools], axis=1)
