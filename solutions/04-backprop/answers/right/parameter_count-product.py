"""np.prod, a NumPy integer."""


def parameter_count(R, S, C, K):
    return np.prod([R, S, C, K]) + K
