"""δ for every unit of the pool.

Diagnosis: to-the-whole-pool
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for unit in pool:
            da[:, unit] += delta[:, j]
    return da
