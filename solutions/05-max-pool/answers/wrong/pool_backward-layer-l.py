"""The result has the shape of layer l.

Diagnosis: shape
"""


def pool_backward(delta, a, pools):
    da = np.zeros_like(delta)
    for j, pool in enumerate(pools):
        da[:, j] = delta[:, j] * (a[:, pool].max(axis=1) == a[:, pool[0]])
    return da
