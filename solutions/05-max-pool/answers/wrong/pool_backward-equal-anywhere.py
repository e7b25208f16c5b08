"""The notes' condition with a of layer l-1, but for every unit, in the pool or not.

Diagnosis: outside-the-pool
"""


def pool_backward(delta, a, pools):
    out = np.stack([a[:, pool].max(axis=1) for pool in pools], axis=1)
    da = np.zeros(a.shape)
    for m in range(a.shape[0]):
        for i in range(a.shape[1]):
            for j in range(len(pools)):
                if out[m, j] == a[m, i]:
                    da[m, i] += delta[m, j]
    return da
