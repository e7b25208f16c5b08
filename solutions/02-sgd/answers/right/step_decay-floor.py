"""np.floor."""


def step_decay(lr, epoch, factor, every):
    return lr * factor ** np.floor(epoch / every)
