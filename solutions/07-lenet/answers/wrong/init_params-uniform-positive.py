"""rng.random runs from 0 to 1: no weight is negative.

Diagnosis: not-centred
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.random(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
