"""Each layer seeds a generator with the same number.

Diagnosis: same-numbers
"""


def init_params(rng, sizes):
    params = {}
    seed = rng.integers(10**6)
    for name, shape in sizes.items():
        params[name] = np.sqrt(2 / np.prod(shape[:-1])) * np.random.default_rng(seed).standard_normal(shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
