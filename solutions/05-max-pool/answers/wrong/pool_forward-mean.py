"""The mean of each pool.

Diagnosis: mean-for-maximum
"""


def pool_forward(a, pools):
    return np.stack([a[:, pool].mean(axis=1) for pool in pools], axis=1)
