"""Labels of another integer type."""


def predict(x, W_h, b_h, W_a, b_a):
    z = np.tanh(x.dot(W_h) + b_h).dot(W_a) + b_a
    return z.argmax(axis=-1).astype(np.int32)
