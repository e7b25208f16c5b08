"""Each column is a small picture."""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    columns = []
    for p in range(height - R + 1):
        for q in range(width - S + 1):
            picture = np.zeros((height, width))
            picture[p : p + R, q : q + S] = omega
            columns.append(picture.ravel())
    return np.stack(columns, axis=1)
