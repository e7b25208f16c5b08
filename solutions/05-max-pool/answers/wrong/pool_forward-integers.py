"""The result is stored as integers.

Diagnosis: integer-buffer
"""


def pool_forward(a, pools):
    out = np.zeros((len(a), len(pools)), dtype=int)
    for j, pool in enumerate(pools):
        out[:, j] = a[:, pool].max(axis=1)
    return out
