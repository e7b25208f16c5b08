"""Two layers are built in.

Diagnosis: layer-count
"""


def forward(x, params):
    (W1, b1), (W2, b2) = params[0], params[-1]
    z1 = x @ W1 + b1
    a1 = np.maximum(z1, 0)
    if len(params) == 1:
        return [(z1, z1)]
    if len(params) > 2:
        return [(z1, a1)]
    z2 = a1 @ W2 + b2
    return [(z1, a1), (z2, z2)]
