"""The usual numbers in the place of the arguments.

Diagnosis: betas-fixed
"""


def adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps):
    t = t + 1
    m = 0.9 * m + (1 - 0.9) * grad
    v = 0.999 * v + (1 - 0.999) * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t
