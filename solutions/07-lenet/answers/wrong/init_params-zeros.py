"""All weights are 0, so all units stay equal.

Diagnosis: "the standard deviation is √(2/n)"
"""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = np.zeros(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
