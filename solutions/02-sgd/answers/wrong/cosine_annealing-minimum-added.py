"""lr_min added on top.

Diagnosis: lr-min-added
"""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + 0.5 * lr * (1 + np.cos(np.pi * t / T))
