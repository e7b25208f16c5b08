"""The biases start at 1.

Diagnosis: "biases are 0"
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.ones(shape[-1])
    return params
