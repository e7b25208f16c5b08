"""A filter's inputs are taken to be its pixels, without channels.

Diagnosis: inputs-miscounted
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / (np.prod(shape[:2]) if len(shape) == 4 else shape[0])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
