"""Subtracts the factor for each drop.

Diagnosis: linear
"""


def step_decay(lr, epoch, factor, every):
    return lr * (1 - factor * (epoch // every))
