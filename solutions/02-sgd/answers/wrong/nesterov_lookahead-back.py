"""Looks back.

Diagnosis: look-back
"""


def nesterov_lookahead(theta, v, mu):
    return theta - mu * v
