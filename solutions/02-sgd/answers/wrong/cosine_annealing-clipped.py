"""lr_min as a floor only.

Diagnosis: lr-min-as-floor
"""


def cosine_annealing(lr, t, T, lr_min):
    return max(lr_min, 0.5 * lr * (1 + np.cos(np.pi * t / T)))
