"""With a helper function in the same cell."""


def patch(image, p, q, shape):
    return image[p : p + shape[0], q : q + shape[1]]


def correlate2d(image, kernel):
    P = image.shape[0] - kernel.shape[0] + 1
    Q = image.shape[1] - kernel.shape[1] + 1
    z = np.empty((P, Q))
    for index in np.ndindex(P, Q):
        z[index] = np.vdot(patch(image, *index, kernel.shape), kernel)
    return z
