"""The weights are taken as (H, D).

Diagnosis: raises
"""


def hidden_layer(x, W_h, b_h):
    return np.tanh(x @ W_h.T + b_h)
