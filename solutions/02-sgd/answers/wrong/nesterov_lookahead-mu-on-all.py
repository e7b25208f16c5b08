"""μ multiplies θ, too.

Diagnosis: mu-on-theta
"""


def nesterov_lookahead(theta, v, mu):
    return mu * (theta + v)
