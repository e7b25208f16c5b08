"""The last row and column of windows are forgotten.

Diagnosis: "shared_gradient"
"""


def shared_gradient(dW, R, S, height, width):
    Q = width - S + 1
    g = np.zeros((R, S))
    for p in range(height - R):
        for q in range(width - S):
            g += dW[:, p * Q + q].reshape(height, width)[p : p + R, q : q + S]
    return g
