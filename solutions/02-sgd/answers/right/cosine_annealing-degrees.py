"""np.deg2rad."""


def cosine_annealing(lr, t, T, lr_min):
    return lr - (lr - lr_min) * (1 - np.cos(np.deg2rad(180 * t / T))) / 2
