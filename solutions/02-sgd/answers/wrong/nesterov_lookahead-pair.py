"""Returns the velocity as well.

Diagnosis: shape
"""


def nesterov_lookahead(theta, v, mu):
    return theta + mu * v, mu * v
