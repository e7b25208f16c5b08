"""The last in sorted order."""


def predict(x, W_h, b_h, W_a, b_a):
    z = hidden_layer(x, W_h, b_h) @ W_a + b_a
    return np.argsort(z, axis=1)[:, -1]
