"""The half reaches the 1 only.

Diagnosis: half-on-one
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + (lr - lr_min) * (0.5 * 1 + np.cos(np.pi * t / T))
