"""In place on its own array."""


def hidden_layer(x, W_h, b_h):
    u = x @ W_h
    u += b_h
    np.tanh(u, out=u)
    return u
