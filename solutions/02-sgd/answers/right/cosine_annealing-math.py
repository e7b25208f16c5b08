"""math.cos, and flat after T."""

import math


def cosine_annealing(lr, t, T, lr_min):
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * min(t, T) / T)) / 2
