"""Only the step.

Diagnosis: step-only
"""


def nesterov_lookahead(theta, v, mu):
    return mu * v
