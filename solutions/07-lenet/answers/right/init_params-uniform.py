"""A uniform distribution of the same standard deviation."""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = rng.uniform(-1, 1, shape) * np.sqrt(6 / np.prod(shape[:-1]))
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
