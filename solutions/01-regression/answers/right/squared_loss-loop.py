"""Loops over rows and inputs."""


def squared_loss(x, y, w, b):
    M, D = x.shape
    a = logistic_forward(x, w, b)
    loss, dw, db = 0.0, np.zeros(D), 0.0
    for m in range(M):
        loss += (y[m] - a[m]) ** 2 / M
        slope = -2 * (y[m] - a[m]) * a[m] * (1 - a[m]) / M
        for d in range(D):
            dw[d] += slope * x[m, d]
        db += slope
    return loss, dw, db
