"""|∇| for ∇².

Diagnosis: absolute-value
"""


def adagrad_step(theta, s, grad, lr, eps):
    s = s + np.abs(grad)
    return theta - lr * grad / (np.sqrt(s) + eps), s
