"""A product of Fourier transforms, cut at the wrong end.

Diagnosis: wrapped-around
"""


def convolve2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    product = np.fft.rfft2(image) * np.fft.rfft2(kernel, s=image.shape)
    return np.fft.irfft2(product, s=image.shape)[: H - R + 1, : W - S + 1]
