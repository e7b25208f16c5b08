"""A product of Fourier transforms, the spoilt rows and columns left in.

Diagnosis: shape
"""


def convolve2d(image, kernel):
    product = np.fft.rfft2(image) * np.fft.rfft2(kernel, s=image.shape)
    return np.fft.irfft2(product, s=image.shape)
