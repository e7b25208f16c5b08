"""The mean over the connections.

Diagnosis: connections-averaged
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((R, S))
    for r in range(R):
        for s in range(S):
            g[r, s] = np.mean([dW[(p + r) * width + q + s, p * Q + q] for p in range(P) for q in range(Q)])
    return g
