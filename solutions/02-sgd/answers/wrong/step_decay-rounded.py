"""Rounds to the nearest drop.

Diagnosis: drop-rounded
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** round(epoch / every)
