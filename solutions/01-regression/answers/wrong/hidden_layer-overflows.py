"""tanh from exponentials that overflow.

Diagnosis: not-finite
"""


def hidden_layer(x, W_h, b_h):
    u = x @ W_h + b_h
    return (np.exp(u) - np.exp(-u)) / (np.exp(u) + np.exp(-u))
