"""Unit by unit: the notes' sum over [j]."""


def winner_of(row, pool):
    best = pool[0]
    for unit in pool[1:]:
        if row[unit] > row[best]:
            best = unit
    return best


def pool_backward(delta, a, pools):
    return np.array(
        [
            [
                sum(delta[m, j] for j in range(len(pools)) if winner_of(a[m], pools[j]) == i) + 0.0
                for i in range(len(a[m]))
            ]
            for m in range(len(a))
        ]
    )
