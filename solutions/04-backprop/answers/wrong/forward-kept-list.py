"""The list is kept from call to call.

Diagnosis: layer-count
"""


def forward(x, params, states=[]):
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = z if k == len(params) - 1 else np.maximum(z, 0)
        states.append((z, a))
    return states
