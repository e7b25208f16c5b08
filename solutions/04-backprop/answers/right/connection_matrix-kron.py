"""A sum of Kronecker products of shifted unit matrices."""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    return sum(
        omega[r, s] * np.kron(np.eye(height, P, k=-r), np.eye(width, Q, k=-s)) for r in range(R) for s in range(S)
    )
