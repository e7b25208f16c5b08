"""The bias as one more weight, with an input that is always 1."""


def layer_forward(a_prev, W, b):
    ones = np.ones((len(a_prev), 1))
    return np.hstack([a_prev, ones]) @ np.vstack([W, b])
