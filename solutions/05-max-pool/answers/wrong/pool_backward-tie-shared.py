"""A tie shares its δ.

Diagnosis: tie-shared
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            tied = [unit for unit in pool if a[m, unit] == a[m, pool].max()]
            da[m, tied] += delta[m, j] / len(tied)
    return da
