"""√(1/n): the factor 2 for ReLU is missing.

Diagnosis: spread
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(1 / np.prod(shape[:-1])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
