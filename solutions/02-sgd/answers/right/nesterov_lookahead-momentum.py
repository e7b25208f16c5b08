"""A momentum step without gradient."""


def nesterov_lookahead(theta, v, mu):
    return momentum_step(theta, v, np.zeros_like(theta), 1.0, mu)[0]
