"""A weighted sum."""


def nesterov_lookahead(theta, v, mu):
    return np.average([theta, theta + v], axis=0, weights=[1 - mu, mu])
