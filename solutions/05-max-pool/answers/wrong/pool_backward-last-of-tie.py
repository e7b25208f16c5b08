"""A running maximum with >=: the last of a tie wins.

Diagnosis: last-of-a-tie
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            winner = pool[0]
            for unit in pool:
                if a[m, unit] >= a[m, winner]:
                    winner = unit
            da[m, winner] += delta[m, j]
    return da
