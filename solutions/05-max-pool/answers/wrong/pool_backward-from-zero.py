"""A running maximum that starts at 0.

Diagnosis: maximum-from-0
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            best, winner = 0.0, pool[0]
            for unit in pool:
                if a[m, unit] > best:
                    best, winner = a[m, unit], unit
            da[m, winner] += delta[m, j]
    return da
