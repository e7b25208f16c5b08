"""Middle and amplitude."""


def cosine_annealing(lr, t, T, lr_min):
    middle, amplitude = (lr + lr_min) / 2, (lr - lr_min) / 2
    return middle + amplitude * np.cos(np.pi * t / T)
