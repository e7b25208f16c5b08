"""No biases.

Diagnosis: biases-forgotten
"""


def parameter_count(R, S, C, K):
    return R * S * C * K
