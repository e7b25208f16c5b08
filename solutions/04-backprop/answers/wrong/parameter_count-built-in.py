"""The notes' layer is built in.

Diagnosis: "the same on a colour picture"
"""


def parameter_count(R, S, C, K):
    return 25 * K + K
