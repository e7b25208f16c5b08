"""A row of the result is counted as `width` pixels.

Diagnosis: raises
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((R, S))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    g[r, s] += dW[(p + r) * width + q + s, p * width + q]
    return g
