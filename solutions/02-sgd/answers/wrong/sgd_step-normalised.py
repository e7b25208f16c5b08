"""The gradient is scaled to length 1.

Diagnosis: normalised
"""


def sgd_step(theta, grad, lr):
    return theta - lr * grad / np.linalg.norm(grad)
