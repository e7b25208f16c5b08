"""tanh in the hidden layers.

Diagnosis: tanh-for-relu
"""


def forward(x, params):
    states = []
    a = x
    for k, (W, b) in enumerate(params):
        z = a @ W + b
        a = z if k == len(params) - 1 else np.tanh(z)
        states.append((z, a))
    return states
