"""Inputs and outputs together, as for tanh.

Diagnosis: inputs-miscounted
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / (np.prod(shape[:-1]) + shape[-1])) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
