"""One number for all entries of the gradient.

Diagnosis: gradient-averaged
"""


def sgd_step(theta, grad, lr):
    return theta - lr * np.mean(grad)
