"""Python's max, which is for single numbers.

Diagnosis: raises
"""


def relu(z):
    return max(0, z)
