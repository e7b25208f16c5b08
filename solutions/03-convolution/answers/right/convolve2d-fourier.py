"""A product of Fourier transforms."""


def convolve2d(image, kernel):
    R, S = kernel.shape
    product = np.fft.rfft2(image) * np.fft.rfft2(kernel, s=image.shape)
    return np.fft.irfft2(product, s=image.shape)[R - 1 :, S - 1 :]
