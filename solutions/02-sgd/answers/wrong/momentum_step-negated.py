"""Both signs the other way: θ is right, v is not.

Diagnosis: velocity-negated
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v + lr * grad
    return theta - v, v
