"""The tiny network's parameters are read, not the argument's.

Diagnosis: "forward"
"""


def forward(x, params):
    states = []
    a = x
    for k, (W, b) in enumerate(TINY):
        z = a @ W + b
        a = z if k == len(TINY) - 1 else np.maximum(z, 0)
        states.append((z, a))
    return states
