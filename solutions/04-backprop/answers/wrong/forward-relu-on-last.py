"""ReLU on the last layer too.

Diagnosis: relu-on-last
"""


def forward(x, params):
    states = []
    a = x
    for W, b in params:
        z = a @ W + b
        a = np.maximum(z, 0)
        states.append((z, a))
    return states
