"""The largest probability; the list of labels is made by a loop."""


def predict(x, W_h, b_h, W_a, b_a):
    a = softmax(hidden_layer(x, W_h, b_h) @ W_a + b_a)
    return np.array([int(np.argmax(row)) for row in a])
