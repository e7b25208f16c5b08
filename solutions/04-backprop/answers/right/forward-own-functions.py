"""With the functions of the exercises before."""


def forward(x, params):
    states = []
    for W, b in params[:-1]:
        z = layer_forward(x, W, b)
        x = relu(z)
        states.append((z, x))
    z = layer_forward(x, *params[-1])
    return states + [(z, z)]
