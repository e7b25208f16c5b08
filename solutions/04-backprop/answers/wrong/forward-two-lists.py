"""A list of all z and one of all a.

Diagnosis: shape
"""


def forward(x, params):
    zs, activations = [], []
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = z if k == len(params) - 1 else np.maximum(z, 0)
        zs.append(z)
        activations.append(a)
    return zs, activations
