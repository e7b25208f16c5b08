"""A generator of its own with a fixed seed.

Diagnosis: generator-ignored
"""


def init_params(rng, sizes):
    params = {}
    rng = np.random.default_rng(0)
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
