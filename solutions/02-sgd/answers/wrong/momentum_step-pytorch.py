"""The learning rate outside of the velocity.

Diagnosis: velocity-without-rate
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v + grad
    return theta - lr * v, v
