"""A loop with math."""

import math


def cross_entropy_loss(x, y, w, b):
    total, dw, db = 0.0, np.zeros(len(w)), 0.0
    for row, label in zip(x, y):
        z = float(row @ w + b)
        total += max(z, 0) - label * z + math.log1p(math.exp(-abs(z)))
        error = float(sigmoid(np.array([z]))[0]) - label
        dw += error * row
        db += error
    return total / len(x), dw / len(x), db / len(x)
