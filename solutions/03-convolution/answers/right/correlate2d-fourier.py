"""A product of Fourier transforms."""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    product = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, s=(H, W)))
    return np.fft.irfft2(product, s=(H, W))[: H - R + 1, : W - S + 1]
