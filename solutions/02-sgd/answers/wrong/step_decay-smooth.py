"""Ordinary division: the rate falls all the time.

Diagnosis: not-whole-steps
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** (epoch / every)
