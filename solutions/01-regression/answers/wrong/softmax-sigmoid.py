"""The logistic function of each score.

Diagnosis: sigmoid-for-softmax
"""


def softmax(z):
    return sigmoid(z)
