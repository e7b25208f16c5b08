"""The last of the sorted values."""


def pool_forward(a, pools):
    out = np.empty((a.shape[0], len(pools)))
    for j in range(len(pools)):
        out[:, j] = np.sort(a[:, pools[j]], axis=-1)[:, -1]
    return out
