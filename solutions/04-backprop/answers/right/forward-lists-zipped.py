"""Two lists, zipped; pairs as lists."""


def forward(x, params):
    zs, activations = [], [x]
    for k in range(len(params)):
        zs.append(activations[-1].dot(params[k][0]) + params[k][1])
        last = k + 1 == len(params)
        activations.append(zs[-1] if last else zs[-1] * (zs[-1] > 0))
    return [list(pair) for pair in zip(zs, activations[1:])]
