"""The biases are forgotten.

Diagnosis: biases-left-out
"""


def forward(x, params):
    states = []
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W
        a = z if k == len(params) - 1 else np.maximum(z, 0)
        states.append((z, a))
    return states
