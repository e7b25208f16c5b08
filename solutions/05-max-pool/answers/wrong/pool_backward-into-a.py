"""Adds into the activations.

Diagnosis: argument-changed
"""


def pool_backward(delta, a, pools):
    winners = [[pool[np.argmax(row[pool])] for pool in pools] for row in a]
    a[:] = 0.0
    for m, row in enumerate(winners):
        for j, winner in enumerate(row):
            a[m, winner] += delta[m, j]
    return a
