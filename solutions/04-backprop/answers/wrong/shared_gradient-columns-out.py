"""Results are numbered down the columns.

Diagnosis: results-by-columns
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((R, S))
    for p in range(P):
        for q in range(Q):
            g += dW[:, q * P + p].reshape(height, width)[p : p + R, q : q + S]
    return g
