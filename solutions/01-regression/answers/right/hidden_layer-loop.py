"""Unit by unit."""


def hidden_layer(x, W_h, b_h):
    columns = []
    for k in range(W_h.shape[1]):
        columns.append(np.tanh(x.dot(W_h[:, k]) + b_h[k]))
    return np.stack(columns, axis=1)
