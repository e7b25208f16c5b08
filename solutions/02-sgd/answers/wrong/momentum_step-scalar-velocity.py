"""One velocity for all parameters.

Diagnosis: shape
"""


def momentum_step(theta, v, grad, lr, mu):
    v = mu * v - lr * grad
    return theta + v, np.linalg.norm(v)
