"""1 - μ for μ.

Diagnosis: mu-swapped
"""


def nesterov_lookahead(theta, v, mu):
    return theta + (1 - mu) * v
