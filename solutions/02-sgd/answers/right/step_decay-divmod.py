"""divmod and np.power."""


def step_decay(lr, epoch, factor, every):
    drops, _ = divmod(epoch, every)
    return lr * np.power(float(factor), drops)
