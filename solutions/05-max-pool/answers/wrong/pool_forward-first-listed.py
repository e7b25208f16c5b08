"""The unit that the pool lists first.

Diagnosis: first-of-the-pool
"""


def pool_forward(a, pools):
    return np.stack([a[:, pool[0]] for pool in pools], axis=1)
