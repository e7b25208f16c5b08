"""The remainder for the whole part.

Diagnosis: drop-by-remainder
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** (epoch % every)
