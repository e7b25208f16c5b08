"""Weights plus biases."""


def parameter_count(R, S, C, K):
    return R * S * C * K + K
