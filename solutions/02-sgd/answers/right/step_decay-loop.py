"""A loop over the drops."""


def step_decay(lr, epoch, factor, every):
    for _ in range(epoch // every):
        lr = lr * factor
    return lr
