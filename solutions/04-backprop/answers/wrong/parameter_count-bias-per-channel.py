"""A bias for each input channel.

Diagnosis: bias-for-each-channel
"""


def parameter_count(R, S, C, K):
    return R * S * C * K + C
