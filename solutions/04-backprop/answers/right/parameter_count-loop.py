"""Counts map by map."""


def parameter_count(R, S, C, K):
    count = 0
    for _ in range(K):
        count += R * S * C
        count += 1
    return count
