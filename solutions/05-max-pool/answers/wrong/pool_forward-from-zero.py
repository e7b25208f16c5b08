"""A running maximum that starts at 0.

Diagnosis: maximum-from-0
"""


def pool_forward(a, pools):
    out = np.zeros((len(a), len(pools)))
    for j, pool in enumerate(pools):
        for unit in pool:
            out[:, j] = np.maximum(out[:, j], a[:, unit])
    return out
