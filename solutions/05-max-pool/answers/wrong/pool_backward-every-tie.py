"""Every unit that has the maximum's value gets the whole δ.

Diagnosis: every-tie
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            for unit in pool:
                if a[m, unit] == a[m, pool].max():
                    da[m, unit] += delta[m, j]
    return da
