"""The condition as the notes print it, with a of layer l.

Diagnosis: as-printed
"""


def pool_backward(delta, a, pools):
    out = np.stack([a[:, pool].max(axis=1) for pool in pools], axis=1)
    da = np.zeros(a.shape)
    for m in range(a.shape[0]):
        for i in range(min(a.shape[1], out.shape[1])):
            for j in range(len(pools)):
                if out[m, j] == out[m, i]:
                    da[m, i] += delta[m, j]
    return da
