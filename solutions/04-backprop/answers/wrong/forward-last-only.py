"""Only the last layer comes back.

Diagnosis: layer-count
"""


def forward(x, params):
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = z if k == len(params) - 1 else np.maximum(z, 0)
    return [(z, a)]
