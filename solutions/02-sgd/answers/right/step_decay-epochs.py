"""Counts the epochs one by one."""


def step_decay(lr, epoch, factor, every):
    rate = lr
    for e in range(1, epoch + 1):
        if e % every == 0:
            rate *= factor
    return rate
