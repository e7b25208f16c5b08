"""Takes the numbers in pools for the notes' own, which count from 1.

Diagnosis: units-from-1
"""


def pool_forward(a, pools):
    return np.stack([a[:, [unit - 1 for unit in pool]].max(axis=1) for pool in pools], axis=1)
