"""A sine.

Diagnosis: sine
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + 0.5 * (lr - lr_min) * (1 + np.sin(np.pi * t / T))
