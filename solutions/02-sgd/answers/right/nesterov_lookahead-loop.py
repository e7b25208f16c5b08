"""Entry by entry."""


def nesterov_lookahead(theta, v, mu):
    ahead = np.array(theta)
    for i in np.ndindex(theta.shape):
        ahead[i] += mu * v[i]
    return ahead
