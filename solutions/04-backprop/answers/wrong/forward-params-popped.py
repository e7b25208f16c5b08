"""The list of parameters is emptied.

Diagnosis: argument-changed
"""


def forward(x, params):
    states = []
    a = x
    while params:
        W, b = params.pop(0)
        z = a @ W + b
        a = np.maximum(z, 0) if params else z
        states.append((z, a))
    return states
