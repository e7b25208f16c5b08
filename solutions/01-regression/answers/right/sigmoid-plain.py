"""The plain formula: the exponential overflows to infinity, but 1 / infinity is the right 0."""


def sigmoid(z):
    return 1 / (1 + np.exp(-z))
