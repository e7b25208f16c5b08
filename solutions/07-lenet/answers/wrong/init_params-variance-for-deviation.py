"""2/n is the variance; the root is missing.

Diagnosis: spread-does-not-follow
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = 2 / np.prod(shape[:-1]) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
