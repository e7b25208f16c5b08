"""Without lr_min.

Diagnosis: lr-min-ignored
"""


def cosine_annealing(lr, t, T, lr_min):
    return 0.5 * lr * (1 + np.cos(np.pi * t / T))
