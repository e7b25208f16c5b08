"""Uniform between ±√(2/n), which has a smaller standard deviation.

Diagnosis: spread
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.uniform(-1, 1, shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
