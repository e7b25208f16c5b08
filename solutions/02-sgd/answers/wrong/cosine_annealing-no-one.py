"""Without the 1.

Diagnosis: no-one
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + (lr - lr_min) * np.cos(np.pi * t / T)
