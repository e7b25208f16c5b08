"""Divides by the sum over all entries.

Diagnosis: softmax-for-sigmoid
"""


def sigmoid(z):
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()
