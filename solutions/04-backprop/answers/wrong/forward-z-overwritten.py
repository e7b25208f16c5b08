"""ReLU in place cuts z off, too.

Diagnosis: z-overwritten
"""


def forward(x, params):
    states = []
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = z
        if k < len(params) - 1:
            a[a < 0] = 0
        states.append((z, a))
    return states
