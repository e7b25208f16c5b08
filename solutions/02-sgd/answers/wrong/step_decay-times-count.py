"""Multiplies with the number of drops.

Diagnosis: factor-times-count
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor * (epoch // every)
