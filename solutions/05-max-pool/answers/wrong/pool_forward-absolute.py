"""The largest absolute value.

Diagnosis: absolute-values
"""


def pool_forward(a, pools):
    return np.stack([np.abs(a[:, pool]).max(axis=1) for pool in pools], axis=1)
