"""With connection_matrix of a unit filter."""


def shared_gradient(dW, R, S, height, width):
    g = np.zeros((R, S))
    for r in range(R):
        for s in range(S):
            unit = np.zeros((R, S))
            unit[r, s] = 1.0
            g[r, s] = np.vdot(connection_matrix(unit, height, width), dW)
    return g
