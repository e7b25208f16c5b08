"""Not scaled at all.

Diagnosis: spread-does-not-follow
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = rng.standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
