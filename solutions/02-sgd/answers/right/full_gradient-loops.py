"""Two loops."""


def full_gradient(theta, x, y):
    g = np.zeros(len(theta))
    for i in range(len(y)):
        error = sum(x[i, j] * theta[j] for j in range(len(theta))) - y[i]
        for j in range(len(theta)):
            g[j] += error * x[i, j] / len(y)
    return g
