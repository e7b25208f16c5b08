"""Every layer gets the input.

Diagnosis: raises
"""


def forward(x, params):
    states = []
    for k, (W, b) in enumerate(params):
        z = x @ W + b
        a = z if k == len(params) - 1 else np.maximum(z, 0)
        states.append((z, a))
    return states
