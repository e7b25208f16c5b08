"""Sorts the activations in place.

Diagnosis: argument-changed
"""


def pool_forward(a, pools):
    out = np.stack([a[:, pool].max(axis=1) for pool in pools], axis=1)
    a.sort(axis=1)
    return out
