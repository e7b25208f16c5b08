"""Only windows of the first row.

Diagnosis: first-row-of-windows
"""


def shared_gradient(dW, R, S, height, width):
    Q = width - S + 1
    g = np.zeros((R, S))
    for q in range(Q):
        for r in range(R):
            for s in range(S):
                g[r, s] += dW[r * width + q + s, q]
    return g
