"""Looks for the maximum's value among all units, and the first that has it wins.

Diagnosis: looked-up-by-value
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            winner = list(a[m]).index(a[m, pool].max())
            da[m, winner] += delta[m, j]
    return da
