"""The axis of the maximum is forgotten: one maximum for all rows.

Diagnosis: over-the-batch
"""


def pool_forward(a, pools):
    out = np.zeros((len(a), len(pools)))
    for j, pool in enumerate(pools):
        out[:, j] = np.max(a[:, pool])
    return out
