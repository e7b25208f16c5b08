"""The image and the result are turned round, the kernel is not."""


def convolve2d(image, kernel):
    turned = correlate2d(image[::-1, ::-1], kernel)
    return turned[::-1, ::-1]
