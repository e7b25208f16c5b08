"""A filter's inputs are taken to be its channels, without height and width.

Diagnosis: inputs-miscounted
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / shape[-2]) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
