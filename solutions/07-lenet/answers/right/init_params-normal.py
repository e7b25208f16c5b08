"""rng.normal with its own scale."""


def init_params(rng, sizes):
    params = {}
    for name, shape in sizes.items():
        params[name] = rng.normal(0.0, (2 / np.prod(shape[:-1])) ** 0.5, size=shape)
        params["b" + name[1:]] = np.zeros(shape[-1])
    return params
