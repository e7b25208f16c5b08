"""The negative step added."""


def sgd_step(theta, grad, lr):
    step = np.multiply(-lr, grad)
    return np.add(theta, step)
