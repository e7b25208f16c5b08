"""cos² of half the angle."""


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + (lr - lr_min) * np.cos(0.5 * np.pi * t / T) ** 2
