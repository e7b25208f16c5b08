"""Changes the velocity that was passed in.

Diagnosis: argument-changed
"""


def momentum_step(theta, v, grad, lr, mu):
    v *= mu
    v -= lr * grad
    return theta + v, v
