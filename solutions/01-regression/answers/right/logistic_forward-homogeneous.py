"""The bias as the weight of a column of ones."""


def logistic_forward(x, w, b):
    ones = np.ones((x.shape[0], 1))
    return sigmoid(np.hstack([x, ones]) @ np.append(w, b))
