"""np.hypot for the root of the sum of squares."""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    root = np.hypot(np.sqrt(rho * s), np.sqrt(1 - rho) * grad)
    return theta - lr * grad / (root + eps), root * root
