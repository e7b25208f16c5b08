"""Without the half.

Diagnosis: no-half
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + (lr - lr_min) * (1 + np.cos(np.pi * t / T))
