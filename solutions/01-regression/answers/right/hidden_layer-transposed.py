"""Through the transposes: a view that is not contiguous."""


def hidden_layer(x, W_h, b_h):
    return np.tanh(W_h.T @ x.T + b_h[:, None]).T
