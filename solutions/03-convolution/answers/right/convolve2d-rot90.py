"""Turned twice by 90 degrees."""


def convolve2d(image, kernel):
    return correlate2d(image, np.rot90(kernel, 2))
