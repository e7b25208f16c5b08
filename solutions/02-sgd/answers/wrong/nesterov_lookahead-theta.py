"""Returns θ.

Diagnosis: lookahead-missing
"""


def nesterov_lookahead(theta, v, mu):
    return theta
