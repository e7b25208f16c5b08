"""Only the first layer has a ReLU.

Diagnosis: relu-in-first-only
"""


def forward(x, params):
    states = []
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = np.maximum(z, 0) if k == 0 and len(params) > 1 else z
        states.append((z, a))
    return states
