"""One bias for the layer.

Diagnosis: one-bias
"""


def parameter_count(R, S, C, K):
    return R * S * C * K + 1
