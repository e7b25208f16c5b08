"""Without μ.

Diagnosis: mu-ignored
"""


def nesterov_lookahead(theta, v, mu):
    return theta + v
