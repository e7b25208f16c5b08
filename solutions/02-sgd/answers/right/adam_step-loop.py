"""Entry by entry."""


def adam_step(theta, m, v, t, grad, lr, beta1, beta2, eps):
    t += 1
    theta, m, v = np.array(theta), np.array(m), np.array(v)
    for i in np.ndindex(theta.shape):
        m[i] = beta1 * m[i] + (1 - beta1) * grad[i]
        v[i] = beta2 * v[i] + (1 - beta2) * grad[i] ** 2
        theta[i] -= lr * (m[i] / (1 - beta1**t)) / ((v[i] / (1 - beta2**t)) ** 0.5 + eps)
    return theta, m, v, t
