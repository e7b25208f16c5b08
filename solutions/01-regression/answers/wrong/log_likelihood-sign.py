"""Returns the cross entropy itself.

Diagnosis: sign
"""


def log_likelihood(x, y, w, b):
    return cross_entropy_loss(x, y, w, b)[0]
