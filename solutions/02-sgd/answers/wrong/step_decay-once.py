"""Only in the epochs that every divides.

Diagnosis: drop-once
"""


def step_decay(lr, epoch, factor, every):
    if epoch > 0 and epoch % every == 0:
        lr = lr * factor
    return lr
