"""δ is spread evenly over the pool.

Diagnosis: spread-evenly
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for unit in pool:
            da[:, unit] += delta[:, j] / len(pool)
    return da
