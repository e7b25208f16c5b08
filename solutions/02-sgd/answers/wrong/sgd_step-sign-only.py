"""Only the sign of the gradient.

Diagnosis: sign-of-gradient
"""


def sgd_step(theta, grad, lr):
    return theta - lr * np.sign(grad)
