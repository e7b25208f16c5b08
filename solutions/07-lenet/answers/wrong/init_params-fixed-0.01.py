"""The same small spread in every layer.

Diagnosis: spread-does-not-follow
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = 0.01 * rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
