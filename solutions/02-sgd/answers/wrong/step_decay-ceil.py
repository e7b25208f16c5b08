"""Rounds up.

Diagnosis: drop-rounded-up
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** np.ceil(epoch / every)
