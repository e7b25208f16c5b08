"""One pool at a time, all rows at once."""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        winner = np.asarray(pool)[a[:, pool].argmax(axis=1)]
        da[np.arange(a.shape[0]), winner] += delta[:, j]
    return da
