"""The global random numbers.

Diagnosis: not-repeatable
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * np.random.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
