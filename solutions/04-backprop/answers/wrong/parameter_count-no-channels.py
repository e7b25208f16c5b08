"""The input channels are forgotten.

Diagnosis: channels-forgotten
"""


def parameter_count(R, S, C, K):
    return R * S * K + K
