"""μ twice.

Diagnosis: mu-squared
"""


def nesterov_lookahead(theta, v, mu):
    v = mu * v
    return theta + mu * v
