"""The pools only say how many neurons there are.

Diagnosis: pools-ignored
"""


def pool_forward(a, pools):
    return np.stack([a.max(axis=1) for pool in pools], axis=1)
