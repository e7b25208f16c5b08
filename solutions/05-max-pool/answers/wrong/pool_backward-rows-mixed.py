"""A slice for the rows where each row needs its own winner.

Diagnosis: rows-mixed
"""


def pool_backward(delta, a, pools):
    da = np.zeros(a.shape)
    for j, pool in enumerate(pools):
        winners = np.array(pool)[a[:, pool].argmax(axis=1)]
        da[:, winners] += delta[:, j : j + 1]
    return da
