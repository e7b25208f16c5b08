"""The number of the winning unit instead of its value.

Diagnosis: unit-for-value
"""


def pool_forward(a, pools):
    return np.stack([np.array(pool)[a[:, pool].argmax(axis=1)] for pool in pools], axis=1) * 1.0
