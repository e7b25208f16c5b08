"""np.subtract with a list comprehension for the step."""


def sgd_step(theta, grad, lr):
    return np.subtract(theta, np.array([lr * g for g in grad]))
