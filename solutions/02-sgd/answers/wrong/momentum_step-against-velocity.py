"""θ - v.

Diagnosis: velocity-sign
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return theta - v, v
