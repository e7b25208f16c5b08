"""Returns θ only.

Diagnosis: "2 values"
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return theta + v
