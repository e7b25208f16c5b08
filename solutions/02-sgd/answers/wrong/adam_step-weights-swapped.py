"""1 - β for β in the moments.

Diagnosis: weights-swapped
"""


def adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps):
    t = t + 1
    m = (1 - beta1) * m + beta1 * grad
    v = (1 - beta2) * v + beta2 * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t
