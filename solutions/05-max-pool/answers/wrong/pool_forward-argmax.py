"""The place in the pool instead of the value.

Diagnosis: place-for-value
"""


def pool_forward(a, pools):
    return np.stack([a[:, pool].argmax(axis=1) for pool in pools], axis=1).astype(float)
