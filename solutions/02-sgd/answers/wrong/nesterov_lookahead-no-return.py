"""Nothing is returned.

Diagnosis: "return"
"""


def nesterov_lookahead(theta, v, mu):
    ahead = theta + mu * v
