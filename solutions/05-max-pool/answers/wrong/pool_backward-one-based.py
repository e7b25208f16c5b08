"""Takes the numbers in pools for the notes' own, which count from 1.

Diagnosis: units-from-1
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            units = [unit - 1 for unit in pool]
            da[m, units[np.argmax(a[m, units])]] += delta[m, j]
    return da
