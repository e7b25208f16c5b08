"""tanh(u) = 2 σ(2u) - 1."""


def hidden_layer(x, W_h, b_h):
    return 2 * sigmoid(2 * (np.matmul(x, W_h) + b_h)) - 1
