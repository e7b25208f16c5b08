"""Without the learning rate.

Diagnosis: not-times-rate
"""


def step_decay(lr, epoch, factor, every):
    return factor ** (epoch // every)
