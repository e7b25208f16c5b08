"""The imaginary part of the Fourier way is left in.

Diagnosis: not-numeric
"""


def convolve2d(image, kernel):
    R, S = kernel.shape
    product = np.fft.fft2(image) * np.fft.fft2(kernel, s=image.shape)
    return np.fft.ifft2(product)[R - 1 :, S - 1 :]
