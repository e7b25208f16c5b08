"""Two dictionaries, joined."""


def init_params(rng, sizes):
    def draw(shape):
        return rng.standard_normal(shape) / np.sqrt(np.prod(shape[:-1]) / 2)

    weights = {name: draw(shape) for name, shape in sizes.items()}
    return weights | {name.replace("W", "b"): np.zeros(shape[-1]) for name, shape in sizes.items()}
