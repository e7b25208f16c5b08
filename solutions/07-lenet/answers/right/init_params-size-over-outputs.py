"""n as the size of W over its outputs."""


def init_params(rng, sizes):
    params = {}
    for i in range(1, len(sizes) + 1):
        W = rng.standard_normal(sizes[f"W{i}"])
        n = W.size / W.shape[-1]
        params[f"W{i}"] = W * (2 / n) ** 0.5
        params[f"b{i}"] = 0 * W.reshape(-1, W.shape[-1])[0]
    return params
