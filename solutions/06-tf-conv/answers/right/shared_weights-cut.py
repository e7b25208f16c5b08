"""The table of the padded axis, then the rows of the zeros cut off."""


def shared_weights(n, k, stride, padding):
    before, after = same_padding(n, k, stride, 1) if padding == "SAME" else (0, 0)
    size = n + before + after
    columns = []
    for start in range(0, size - k + 1, stride):
        columns.append([-1] * start + list(range(k)) + [-1] * (size - k - start))
    return np.array(columns).T[before : before + n]
