"""n is the first axis, whatever the shape.

Diagnosis: inputs-miscounted
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / shape[0]) * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
