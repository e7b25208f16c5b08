"""Only the first sample is computed.

Diagnosis: first-row-only
"""


def pool_forward(a, pools):
    out = np.zeros((len(a), len(pools)))
    for j, pool in enumerate(pools):
        out[0, j] = max(a[0, pool])
    return out
