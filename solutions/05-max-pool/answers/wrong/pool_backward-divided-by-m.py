"""Divides by the batch size.

Diagnosis: divided-by-M
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        for m in range(len(a)):
            winner = pool[np.argmax(a[m, pool])]
            da[m, winner] += delta[m, j] / len(a)
    return da
