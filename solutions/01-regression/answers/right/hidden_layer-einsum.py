"""einsum."""


def hidden_layer(x, W_h, b_h):
    return np.tanh(np.einsum("md,dh->mh", x, W_h) + b_h[None, :])
