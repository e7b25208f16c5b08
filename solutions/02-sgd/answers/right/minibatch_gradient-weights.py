"""Every row with the number of times that it is named."""


def minibatch_gradient(theta, x, y, index):
    weight = np.bincount(index, minlength=len(y)) / len(index)
    return (weight * (x @ theta - y)) @ x
