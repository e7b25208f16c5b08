"""Moves θ itself.

Diagnosis: argument-changed
"""


def nesterov_lookahead(theta, v, mu):
    theta += mu * v
    return theta
