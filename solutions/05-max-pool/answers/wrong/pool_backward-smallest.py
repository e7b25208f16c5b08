"""δ goes to the smallest unit.

Diagnosis: to-the-smallest
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            da[m, pool[np.argmin(a[m, pool])]] += delta[m, j]
    return da
