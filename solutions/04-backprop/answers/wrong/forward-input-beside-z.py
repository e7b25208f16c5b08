"""Beside z stands what went into the layer.

Diagnosis: input-in-a
"""


def forward(x, params):
    states = []
    a = x
    for W, b in params:
        z = a @ W + b
        states.append((z, a))
        a = np.maximum(z, 0)
    return states
