"""In each epoch.

Diagnosis: drop-each-epoch
"""


def step_decay(lr, epoch, factor, every):
    return lr * factor**epoch
