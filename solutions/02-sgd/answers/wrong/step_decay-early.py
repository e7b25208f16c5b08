"""One epoch early.

Diagnosis: drop-early
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** ((epoch + 1) // every)
