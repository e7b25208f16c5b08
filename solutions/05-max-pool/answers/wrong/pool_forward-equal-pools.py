"""An array of the pools: they need not be of one size.

Diagnosis: raises
"""


def pool_forward(a, pools):
    return a[:, np.array(pools)].max(axis=2)
