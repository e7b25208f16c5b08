"""No ReLU at all.

Diagnosis: no-relu
"""


def forward(x, params):
    states = []
    a = x
    for W, b in params:
        z = a @ W + b
        a = z
        states.append((z, a))
    return states
