"""AdaGrad's sum.

Diagnosis: adagrad-instead
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = s + grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), s
