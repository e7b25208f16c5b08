"""A full turn.

Diagnosis: full-turn
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + 0.5 * (lr - lr_min) * (1 + np.cos(2 * np.pi * t / T))
