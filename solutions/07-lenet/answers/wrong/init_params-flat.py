"""The weights keep no shape.

Diagnosis: shape
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.standard_normal(int(np.prod(shape)))
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
