"""Divides by the factor.

Diagnosis: factor-divides
"""


def step_decay(lr, epoch, factor, every):
    return lr / factor ** (epoch // every)
