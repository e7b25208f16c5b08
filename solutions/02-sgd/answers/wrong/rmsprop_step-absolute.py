"""|∇| for ∇².

Diagnosis: absolute-value
"""


def rmsprop_step(theta, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * np.abs(grad)
    return theta - lr * grad / (np.sqrt(s) + eps), s
