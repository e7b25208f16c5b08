"""np.hypot for the root of the sum of squares."""


def adagrad_step(theta, s, grad, lr, eps):
    root = np.hypot(np.sqrt(s), grad)
    return theta - lr * grad / (root + eps), root**2
