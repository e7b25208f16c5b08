"""A copy that is cut off in place."""


def forward(x, params):
    states = []
    a = x
    for k in range(len(params)):
        W, b = params[k]
        z = np.einsum("mj,ji->mi", a, W) + b
        a = z.copy()
        if k != len(params) - 1:
            a[a < 0] = 0
        states.append((z, a))
    return states
