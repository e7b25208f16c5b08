"""The next layer gets z.

Diagnosis: z-handed-on
"""


def forward(x, params):
    states = []
    z = x
    for k, (W, b) in enumerate(params):
        z = z @ W + b
        a = z if k == len(params) - 1 else np.maximum(z, 0)
        states.append((z, a))
    return states
