"""A straight line.

Diagnosis: linear
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr + (lr_min - lr) * t / T
