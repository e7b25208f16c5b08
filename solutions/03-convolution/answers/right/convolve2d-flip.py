"""np.flip and the correlation."""


def convolve2d(image, kernel):
    return correlate2d(image, np.flip(kernel))
