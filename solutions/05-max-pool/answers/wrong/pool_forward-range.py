"""A pool is read as the two ends of a range.

Diagnosis: ends-of-a-range
"""


def pool_forward(a, pools):
    return np.stack([a[:, pool[0] : pool[-1] + 1].max(axis=1) for pool in pools], axis=1)
