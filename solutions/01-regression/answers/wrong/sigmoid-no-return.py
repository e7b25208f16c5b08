"""Prints the result and returns nothing.

Diagnosis: structure
"""


def sigmoid(z):
    print(1 / (1 + np.exp(-z)))
