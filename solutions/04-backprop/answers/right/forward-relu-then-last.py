"""ReLU everywhere, the last pair replaced."""


def forward(x, params):
    states = []
    a = x
    for W, b in params:
        z = a @ W + b
        a = np.where(z > 0, z, 0.0)
        states.append((z, a))
    states[-1] = (z, z)
    return states
