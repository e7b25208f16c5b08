"""Recursion; tuples."""


def forward(x, params):
    (W, b), *rest = params
    z = x @ W + b
    if not rest:
        return ((z, z.copy()),)
    a = np.maximum(z, 0)
    return ((z, a), *forward(a, rest))
